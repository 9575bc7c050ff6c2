package dev.echo.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that nothing moves while echoes are outstanding. One timer for all messages, set anew
 * only when it fires, and none while nothing is outstanding. Event loop only.
 */
final class ProgressWatch {
  private final Channel channel;
  private final EventExecutor loop;
  private final long timeoutNanos;
  private final Expectations expectations;
  private final Runnable stalled;
  private @Nullable Future<?> timer;
  private long written;
  private long seenWritten;
  private long seenProgress;
  private boolean wasBackedUp;

  ProgressWatch(Channel channel, Duration timeout, Expectations expectations, Runnable stalled) {
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
    this.expectations = expectations;
    this.stalled = stalled;
  }

  /** A buffer has gone out whole. */
  void wrote() {
    written++;
  }

  /** Sets the timer if something is outstanding. */
  void arm() {
    if (timer == null && !expectations.isEmpty()) {
      schedule(timeoutNanos);
    }
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long delayNanos) {
    timer = loop.schedule(this::check, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void check() {
    timer = null;
    if (expectations.isEmpty()) {
      return;
    }
    if (isDraining()) {
      expectations.moved();
    }
    long left = timeoutNanos - (loop.ticker().nanoTime() - expectations.movedNanos());
    if (left > 0) {
      schedule(left);
    } else {
      stalled.run();
    }
  }

  /**
   * Says whether a backlog has become smaller since the last time, if only within one large buffer:
   * then the peer takes bytes. Without a backlog a write shows no more than room in this system.
   */
  private boolean isDraining() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    boolean isBackedUp = buffer != null && !buffer.isEmpty();
    long progress = buffer == null ? 0 : buffer.currentProgress();
    boolean hasWritten = written != seenWritten || progress > seenProgress;
    boolean draining = hasWritten && (isBackedUp || wasBackedUp);
    wasBackedUp = isBackedUp;
    seenWritten = written;
    seenProgress = progress;
    return draining;
  }
}
