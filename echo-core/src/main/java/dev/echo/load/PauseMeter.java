package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * A thread that sleeps a millisecond again and again and notes how late it wakes: pauses of the
 * whole process and machine, seen by somebody who has nothing else to do.
 */
final class PauseMeter implements AutoCloseable {
  private static final long SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Thread thread = new Thread(this::measure, "echo-pauses");
  private Histogram pauses = Distribution.empty();
  private volatile boolean closed;

  void start() {
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands over what was noted since the last time. */
  synchronized Histogram take(Histogram clear) {
    Histogram full = pauses;
    pauses = clear;
    return full;
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void measure() {
    long before = System.nanoTime();
    while (!closed) {
      LockSupport.parkNanos(SLEEP_NANOS);
      long now = System.nanoTime();
      note(now - before - SLEEP_NANOS);
      before = now;
    }
  }

  private synchronized void note(long lateNanos) {
    pauses.recordValue(Math.max(0, Math.min(lateNanos, Distribution.MAX_NANOS)));
  }
}
