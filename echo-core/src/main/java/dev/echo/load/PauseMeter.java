package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * A thread that sleeps a millisecond again and again and notes how late it wakes: pauses of the
 * whole process and machine, seen by somebody who has nothing else to do.
 */
final class PauseMeter implements AutoCloseable {
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final LongSupplier clock;
  private final Thread thread = new Thread(this::measure, "echo-pauses");
  private Histogram pauses = Distribution.empty();
  private long wokeNanos;
  private volatile boolean closed;

  PauseMeter(LongSupplier clock) {
    this.clock = clock;
    wokeNanos = clock.getAsLong();
  }

  void start() {
    thread.setDaemon(true);
    wake(0);
    thread.start();
  }

  /** Hands over what was noted since the last time, and how late it is at this moment. */
  synchronized Histogram take(Histogram clear) {
    if (clock.getAsLong() - wokeNanos > SLEEP_NANOS) {
      wake(SLEEP_NANOS);
    }
    Histogram full = pauses;
    pauses = clear;
    return full;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void measure() {
    while (!closed) {
      LockSupport.parkNanos(SLEEP_NANOS);
      wake(SLEEP_NANOS);
    }
  }

  /** It wakes, and meant to after so long. */
  synchronized void wake(long sleepNanos) {
    long now = clock.getAsLong();
    long lateNanos = now - wokeNanos - sleepNanos;
    wokeNanos = now;
    if (sleepNanos > 0) {
      pauses.recordValue(Math.max(0, Math.min(lateNanos, Distribution.MAX_NANOS)));
    }
  }
}
