package dev.echo.server.app;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Lets so many lines a second through, and counts the others: what a peer can repeat at will must
 * not fill a screen or a disk. A line may come up to a second ahead of its turn. Thread-safe.
 */
final class LineLimiter {
  private static final long BURST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long intervalNanos;
  private final LongSupplier nanoTime;
  private final AtomicLong turn;
  private final LongAdder skipped = new LongAdder();

  LineLimiter(int linesPerSecond, LongSupplier nanoTime) {
    intervalNanos = TimeUnit.SECONDS.toNanos(1) / linesPerSecond;
    this.nanoTime = nanoTime;
    turn = new AtomicLong(nanoTime.getAsLong());
  }

  boolean pass() {
    while (true) {
      long now = nanoTime.getAsLong();
      long due = turn.get();
      long ahead = Math.max(0, due - now);
      if (ahead > BURST_NANOS) {
        skipped.increment();
        return false;
      }
      if (turn.compareAndSet(due, now + ahead + intervalNanos)) {
        return true;
      }
    }
  }

  /** How many were not let through since the last call. */
  long takeSkipped() {
    return skipped.sumThenReset();
  }
}
