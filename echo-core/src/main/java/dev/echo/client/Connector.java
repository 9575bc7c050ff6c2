package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tries the addresses of an endpoint one after the other until one of them connects. */
final class Connector {
  private final Bootstrap bootstrap;
  private final Endpoint endpoint;
  private final ClientConfig config;
  private final CompletableFuture<EchoClient> connected = new CompletableFuture<>();
  private @Nullable Throwable failure;

  private Connector(Bootstrap bootstrap, Endpoint endpoint, ClientConfig config) {
    this.bootstrap = bootstrap;
    this.endpoint = endpoint;
    this.config = config;
  }

  static CompletableFuture<EchoClient> connect(
      Bootstrap callers, Endpoint endpoint, ClientConfig config) {
    if (callers.config().handler() != null) {
      throw new IllegalArgumentException("the bootstrap has a handler (expected: none)");
    }
    if (!(endpoint instanceof TcpEndpoint tcp)) {
      throw new IllegalArgumentException("endpoint: " + endpoint + " (expected: tcp)");
    }
    int timeoutMillis = (int) Math.max(1, config.connectTimeout().toMillis());
    Bootstrap bootstrap =
        callers.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
    Connector connector = new Connector(bootstrap, endpoint, config);
    bootstrap.clone().handler(ClientPipeline.stream(new ClientHandler(config))).validate();
    Addresses.of(tcp, bootstrap, config.connectTimeout()).whenComplete(connector::resolved);
    return connector.connected;
  }

  private void resolved(
      @Nullable List<? extends SocketAddress> addresses, @Nullable Throwable why) {
    if (addresses == null || addresses.isEmpty()) {
      Throwable cause = why instanceof CompletionException ? why.getCause() : why;
      connected.completeExceptionally(new UnreachableException(endpoint, Reason.DNS, cause));
    } else {
      tryNext(addresses.iterator());
    }
  }

  private void tryNext(Iterator<? extends SocketAddress> addresses) {
    ClientHandler handler = new ClientHandler(config);
    ChannelInitializer<Channel> pipeline =
        switch (config.mode()) {
          case FRAMES -> ClientPipeline.frames(handler);
          case STREAM -> ClientPipeline.stream(handler);
        };
    handler.connected().thenAccept(this::hand);
    bootstrap
        .clone()
        .disableResolver()
        .handler(pipeline)
        .connect(addresses.next())
        .addListener((ChannelFuture attempt) -> tried(attempt, addresses));
  }

  private void hand(EchoClient client) {
    if (!connected.complete(client)) {
      client.close(); // The caller has given up.
    }
  }

  private void tried(ChannelFuture attempt, Iterator<? extends SocketAddress> addresses) {
    if (attempt.isSuccess()) {
      return;
    }
    Throwable cause = attempt.cause();
    if (failure != null) {
      cause.addSuppressed(failure);
    }
    failure = cause;
    if (addresses.hasNext()) {
      tryNext(addresses);
    } else {
      connected.completeExceptionally(
          new UnreachableException(endpoint, Addresses.reason(cause), cause));
    }
  }
}
