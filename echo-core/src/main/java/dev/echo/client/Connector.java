package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries the addresses of an endpoint one after the other until one of them connects.
 *
 * @param <T> what the caller gets of the address that worked
 */
final class Connector<T> {
  /**
   * One address is tried.
   *
   * @param pipeline of its channel
   * @param connected completes on the event loop when the channel is connected
   */
  record Attempt<T>(ClientPipeline pipeline, CompletableFuture<T> connected) {}

  private final Bootstrap bootstrap;
  private final Endpoint endpoint;
  private final Supplier<Attempt<T>> attempts;
  private final Consumer<T> unwanted;
  private final CompletableFuture<T> connected = new CompletableFuture<>();
  private @Nullable Throwable failure;

  private Connector(
      Bootstrap bootstrap, Endpoint endpoint, Supplier<Attempt<T>> attempts, Consumer<T> unwanted) {
    this.bootstrap = bootstrap;
    this.endpoint = endpoint;
    this.attempts = attempts;
    this.unwanted = unwanted;
  }

  /**
   * Connects.
   *
   * @param unwanted takes what connected after the caller had given up
   */
  static <T> CompletableFuture<T> connect(
      Bootstrap callers,
      Endpoint endpoint,
      Duration timeout,
      Supplier<Attempt<T>> attempts,
      Consumer<T> unwanted) {
    if (callers.config().handler() != null) {
      throw new IllegalArgumentException("the bootstrap has a handler (expected: none)");
    }
    int timeoutMillis = (int) Math.max(1, timeout.toMillis());
    Bootstrap bootstrap =
        callers.clone().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
    Connector<T> connector = new Connector<>(bootstrap, endpoint, attempts, unwanted);
    bootstrap.clone().handler(new ChannelInboundHandlerAdapter()).validate();
    Addresses.of(endpoint, bootstrap, timeout).whenComplete(connector::resolved);
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
    Attempt<T> attempt = attempts.get();
    attempt.connected().thenAccept(this::hand);
    SocketAddress address = addresses.next();
    attempt.pipeline().opened().whenComplete((opened, why) -> failed(why, addresses));
    bootstrap
        .clone()
        .disableResolver()
        .handler(attempt.pipeline())
        .connect(address)
        .addListener((ChannelFuture tried) -> failed(tried.cause(), addresses));
  }

  private void hand(T result) {
    if (!connected.complete(result)) {
      unwanted.accept(result);
    }
  }

  /** An address did not work, if there is a cause: it was not connected, or could not be used. */
  private void failed(@Nullable Throwable cause, Iterator<? extends SocketAddress> addresses) {
    if (cause == null) {
      return;
    }
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
