package dev.echo.echo;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The clock of one connection's stamps: nanoseconds since the Unix epoch, anchored to the wall once
 * and monotonic from there, so that a step of the wall clock never shows in a difference.
 */
final class StampClock {
  private final long offsetNanos;

  StampClock() {
    Instant wall = Instant.now();
    offsetNanos =
        TimeUnit.SECONDS.toNanos(wall.getEpochSecond()) + wall.getNano() - System.nanoTime();
  }

  long nanos() {
    return System.nanoTime() + offsetNanos;
  }
}
