package dev.echo.load;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a time in which this process ran. While it is stopped, as by SIGSTOP or in a machine
 * that sleeps, nothing can be read, so that time is not held against the peer. Event loop only.
 */
final class AwakeTimer {
  /** A longer gap than two of these is a stop of the process. */
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final EventLoop loop;
  private final Runnable over;
  private @Nullable Future<?> look;
  private long leftNanos = Long.MAX_VALUE;
  private long seenNanos;

  AwakeTimer(EventLoop loop, Runnable over) {
    this.loop = loop;
    this.over = over;
  }

  /** Ends in so long, or sooner if that was asked for before. */
  void atMost(long nanos) {
    if (look == null) {
      seenNanos = loop.ticker().nanoTime();
      leftNanos = nanos;
    } else {
      pass();
      leftNanos = Math.min(leftNanos, nanos);
      look.cancel(false);
    }
    lookLater();
  }

  /** Begins again, if it has begun and is not over. */
  void renew(long nanos) {
    if (look != null) {
      seenNanos = loop.ticker().nanoTime();
      leftNanos = nanos;
    }
  }

  /** Waits no more. */
  void end() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }

  private void pass() {
    long now = loop.ticker().nanoTime();
    leftNanos -= Math.min(now - seenNanos, 2 * STEP_NANOS);
    seenNanos = now;
  }

  private void lookLater() {
    long step = Math.max(1, Math.min(STEP_NANOS, leftNanos));
    look = loop.schedule(this::look, step, TimeUnit.NANOSECONDS);
  }

  private void look() {
    pass();
    if (leftNanos > 0) {
      lookLater();
    } else {
      look = null;
      over.run();
    }
  }
}
