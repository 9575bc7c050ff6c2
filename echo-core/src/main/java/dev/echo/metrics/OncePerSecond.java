package dev.echo.metrics;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one call a second through: for warnings that a peer could repeat at will. Thread-safe. */
public final class OncePerSecond {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong last;

  /** Lets the first call through. */
  public OncePerSecond() {
    last = new AtomicLong(System.nanoTime() - INTERVAL_NANOS);
  }

  /**
   * Says whether this call is let through.
   *
   * @return true at most once a second
   */
  public boolean pass() {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= INTERVAL_NANOS && last.compareAndSet(before, now);
  }
}
