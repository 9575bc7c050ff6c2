package dev.echo.client;

import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One address is tried. It comes to one outcome, whatever happens, and if that is a failure its
 * channel is closed.
 *
 * @param <T> what is connected
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
final class Trial<T> {
  /**
   * What is to be connected.
   *
   * @param pipeline of its channel
   * @param connected completes on the event loop when the channel is active
   */
  record Attempt<T>(ClientPipeline pipeline, CompletableFuture<T> connected) {}

  private final EventLoop loop;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  private Trial(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * Begins.
   *
   * @param bootstrap whose group is the loop, without a handler
   */
  static <T> Trial<T> of(
      Bootstrap bootstrap, EventLoop loop, Attempt<T> attempt, SocketAddress address) {
    Trial<T> trial = new Trial<>(loop);
    attempt.connected().whenComplete(trial::settle);
    attempt.pipeline().opened().whenComplete((opened, why) -> trial.opened(why));
    ChannelFuture connecting =
        bootstrap.clone().disableResolver().handler(attempt.pipeline()).connect(address);
    Channel channel = connecting.channel();
    trial.outcome.whenComplete((result, why) -> trial.ended(channel, why));
    connecting.addListener((ChannelFuture tried) -> trial.tried(tried));
    channel.closeFuture().addListener(closed -> trial.closed(connecting));
    return trial;
  }

  CompletableFuture<T> outcome() {
    return outcome;
  }

  /** Nobody waits for it any more. */
  void giveUp() {
    settle(null, new CancellationException("given up"));
  }

  private void settle(@Nullable T result, @Nullable Throwable why) {
    if (why == null) {
      outcome.complete(result);
    } else {
      outcome.completeExceptionally(why);
    }
  }

  private void tried(ChannelFuture tried) {
    Throwable why = tried.cause();
    if (why != null) {
      settle(null, why);
    } else if (outcome.isCompletedExceptionally()) {
      tried.channel().close();
    }
  }

  /** A channel is closed before anybody is told why: by the connect, or by its last events. */
  private void closed(ChannelFuture connecting) {
    Throwable why = connecting.cause();
    if (why != null) {
      settle(null, why);
      return;
    }
    Runnable unexplained = () -> settle(null, new ClosedChannelException());
    try {
      // The first of these is still before those events.
      loop.execute(() -> loop.execute(unexplained));
    } catch (RejectedExecutionException over) {
      unexplained.run();
    }
  }

  /** The last handler takes it in the event that follows, or not at all. */
  private void opened(@Nullable Throwable why) {
    if (why != null) {
      settle(null, why);
    } else {
      loop.execute(
          () -> settle(null, new IllegalStateException("the last handler did not take it")));
    }
  }

  /** Behind what opens the channel, which may still be to be done. */
  private void ended(Channel channel, @Nullable Throwable why) {
    if (why == null || !channel.isOpen()) {
      return;
    }
    try {
      loop.execute(
          () -> {
            if (channel.isRegistered()) {
              channel.close();
            } else {
              channel.unsafe().closeForcibly();
            }
          });
    } catch (RejectedExecutionException over) {
      channel.unsafe().closeForcibly();
    }
  }
}
