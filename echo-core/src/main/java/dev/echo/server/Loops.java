package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The event loops that a server made for itself. The listeners have one of their own: on a loop
 * that serves connections too, a thousand simultaneous connects wait ten times as long for their
 * first echo.
 */
final class Loops {
  private static final long SHUTDOWN_TIMEOUT_MILLIS = 2000;

  private final Transport transport;
  private final EventLoopGroup listening;
  private final EventLoopGroup serving;

  Loops(Transport transport, int threads) {
    this.transport = transport;
    listening = group(transport, 1, "echo-listen");
    serving =
        group(
            transport,
            threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
            "echo-serve");
  }

  private static EventLoopGroup group(Transport transport, int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name), transport.ioHandlers());
  }

  ServerBootstrap bootstrap(Endpoint endpoint) {
    return new ServerBootstrap()
        .group(listening, serving)
        .channel(transport.listenerType(endpoint));
  }

  Bootstrap datagrams() {
    return new Bootstrap().group(serving).channelFactory(transport.datagramChannels());
  }

  CompletableFuture<Void> shutdown() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Future<?> listeners =
        listening.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    serving
        .shutdownGracefully(0, SHUTDOWN_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
        .addListener(serversEnded -> listeners.addListener(ended -> done.complete(null)));
    return done;
  }
}
