package dev.echo.testing;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads bring about. */
public final class Eventually {
  private static final long DEADLINE_NANOS = 15_000_000_000L;
  private static final long PAUSE_NANOS = 2_000_000L;

  private Eventually() {}

  /**
   * Waits until something holds, and fails if it does not within 15 seconds.
   *
   * @param what for the failure message
   * @param holds looked at every few milliseconds
   */
  public static void eventually(String what, BooleanSupplier holds) {
    long start = System.nanoTime();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE_NANOS) {
        throw new AssertionError("not within 15 s: " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
