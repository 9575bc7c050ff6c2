package dev.echo.client;

import dev.echo.client.Trial.Attempt;
import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopEnd;
import dev.echo.endpoint.LoopStage;
import dev.echo.endpoint.UdpEndpoint;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries the addresses of an endpoint one after the other until one of them connects. The stage that
 * it returns always completes; if it is completed from outside, as by {@code cancel} or {@code
 * orTimeout}, what was begun ends.
 *
 * @param <T> what the caller gets of the address that worked
 */
final class Connector<T> {
  private final Bootstrap bootstrap;
  private final EventLoop loop;
  private final Endpoint endpoint;
  private final Supplier<Attempt<T>> attempts;
  private final Consumer<T> unwanted;
  private final LoopStage<T> connected;
  private volatile @Nullable Trial<T> trial;
  private @Nullable Throwable failure;
  private boolean probes;
  private @Nullable SocketAddress silent;

  private Connector(
      Bootstrap bootstrap,
      EventLoop loop,
      Endpoint endpoint,
      Supplier<Attempt<T>> attempts,
      Consumer<T> unwanted) {
    this.bootstrap = bootstrap;
    this.loop = loop;
    this.endpoint = endpoint;
    this.attempts = attempts;
    this.unwanted = unwanted;
    connected = LoopStage.of(loop);
  }

  /**
   * Connects.
   *
   * @param unwanted takes what connected after the caller had given up
   */
  static <T> LoopStage<T> connect(
      Bootstrap callers,
      Endpoint endpoint,
      Duration timeout,
      Supplier<Attempt<T>> attempts,
      Consumer<T> unwanted) {
    if (callers.config().handler() != null) {
      throw new IllegalArgumentException("the bootstrap has a handler (expected: none)");
    }
    callers.clone().handler(new ChannelInboundHandlerAdapter()).validate();
    int timeoutMillis = (int) Math.max(1, timeout.toMillis());
    EventLoop loop = callers.config().group().next();
    Bootstrap bootstrap =
        callers.clone(loop).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis);
    Connector<T> connector = new Connector<>(bootstrap, loop, endpoint, attempts, unwanted);
    LoopEnd.watch(
        loop,
        connector.connected,
        () -> connector.connected.completeExceptionally(connector.shutDown()));
    connector.connected.whenComplete((result, why) -> connector.ended(why));
    try {
      // Or the loop would be asked to resolve the name.
      if (loop.isShuttingDown()) {
        throw connector.shutDown();
      }
      Addresses.of(endpoint, bootstrap, timeout).whenComplete(connector::resolved);
    } catch (RuntimeException thrown) {
      connector.connected.completeExceptionally(thrown);
    }
    return connector.connected;
  }

  private IllegalStateException shutDown() {
    return new IllegalStateException(
        "cannot connect to " + endpoint + ": its event loop has been shut down");
  }

  private void ended(@Nullable Throwable why) {
    Trial<T> last = trial;
    if (why != null && last != null) {
      last.giveUp();
    }
  }

  private void resolved(
      @Nullable List<? extends SocketAddress> addresses, @Nullable Throwable why) {
    if (addresses == null || addresses.isEmpty()) {
      Throwable cause = why instanceof CompletionException ? why.getCause() : why;
      connected.completeExceptionally(new UnreachableException(endpoint, Reason.DNS, cause));
    } else {
      probes = endpoint instanceof UdpEndpoint && addresses.size() > 1;
      tryNext(addresses.iterator());
    }
  }

  @SuppressWarnings("CatchingUnchecked") // The code of callers runs here: nobody else would tell.
  private void tryNext(Iterator<? extends SocketAddress> addresses) {
    if (loop.isShuttingDown()) {
      connected.completeExceptionally(shutDown());
      return;
    }
    try {
      SocketAddress address = addresses.next();
      Attempt<T> attempt = attempts.get();
      if (probes) {
        attempt.pipeline().probing();
      }
      Trial<T> next = Trial.of(bootstrap, loop, attempt, address);
      trial = next;
      if (connected.isDone()) {
        next.giveUp();
      }
      next.outcome().whenComplete((result, why) -> tried(address, result, why, addresses));
    } catch (Exception | LinkageError | AssertionError thrown) {
      connected.completeExceptionally(thrown);
    }
  }

  private void tried(
      SocketAddress address,
      @Nullable T result,
      @Nullable Throwable why,
      Iterator<? extends SocketAddress> addresses) {
    if (probes && silent == null && why instanceof ConnectTimeoutException) {
      silent = address;
    }
    if (why != null || result == null) {
      failed(why == null ? new IllegalStateException("nothing was connected") : why, addresses);
    } else if (!connected.complete(result)) {
      unwanted.accept(result);
    }
  }

  /** An address was not connected, or could not be used. */
  private void failed(Throwable cause, Iterator<? extends SocketAddress> addresses) {
    if (failure != null && failure != cause) {
      cause.addSuppressed(failure);
    }
    failure = cause;
    if (connected.isDone()) {
      return;
    }
    SocketAddress perhaps = silent;
    if (addresses.hasNext()) {
      tryNext(addresses);
    } else if (probes && perhaps != null) {
      // Nobody answers at all, but one does not refuse: what is sent there shows the loss.
      probes = false;
      tryNext(List.of(perhaps).iterator());
    } else {
      connected.completeExceptionally(
          new UnreachableException(endpoint, Addresses.reason(cause), cause));
    }
  }
}
