package dev.echo.endpoint;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a time in which this process ran. While it is stopped, as by SIGSTOP or in a machine
 * that sleeps, nothing can be read, so that time is not held against the peer. It looks sixteen
 * times while it waits, at most every 50 ms. Event loop only.
 */
public final class AwakeTimer {
  private static final long SHORTEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int STEPS = 16;

  private final EventExecutor loop;
  private final Runnable over;
  private @Nullable Future<?> look;
  private long leftNanos = Long.MAX_VALUE;
  private long seenNanos;

  /** A longer gap than two of these is a stop of the process. */
  private long stepNanos = SHORTEST_STEP_NANOS;

  /**
   * Makes a timer that does not wait yet.
   *
   * @param loop calls {@code over}
   * @param over is called once the time is over
   */
  public AwakeTimer(EventExecutor loop, Runnable over) {
    this.loop = loop;
    this.over = over;
  }

  /**
   * Ends in so long, or sooner if that was asked for before.
   *
   * @param nanos in which the process runs; nanoseconds
   */
  public void atMost(long nanos) {
    if (look == null) {
      seenNanos = loop.ticker().nanoTime();
      leftNanos = nanos;
      stepNanos = Math.max(SHORTEST_STEP_NANOS, nanos / STEPS);
    } else {
      pass();
      leftNanos = Math.min(leftNanos, nanos);
      look.cancel(false);
    }
    lookLater();
  }

  /**
   * Begins again, if it has begun and is not over.
   *
   * @param nanos in which the process runs; nanoseconds
   */
  public void renew(long nanos) {
    if (look != null) {
      seenNanos = loop.ticker().nanoTime();
      leftNanos = nanos;
    }
  }

  /** Waits no more. */
  public void end() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }

  private void pass() {
    long now = loop.ticker().nanoTime();
    leftNanos -= Math.min(now - seenNanos, 2 * stepNanos);
    seenNanos = now;
  }

  private void lookLater() {
    long step = Math.max(1, Math.min(stepNanos, leftNanos));
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
