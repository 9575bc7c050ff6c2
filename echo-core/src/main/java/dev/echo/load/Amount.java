package dev.echo.load;

import java.time.Duration;

/** How much is measured, the warm-up not counted. */
public sealed interface Amount {
  /**
   * So many messages over all connections.
   *
   * @param count more than 0
   */
  record Messages(long count) implements Amount {
    /** Checks the range. */
    public Messages {
      if (count <= 0) {
        throw new IllegalArgumentException("messages: " + count + " (expected: > 0)");
      }
    }
  }

  /**
   * For so long.
   *
   * @param duration more than 0
   */
  record Time(Duration duration) implements Amount {
    /** Checks the range. */
    public Time {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("duration: " + duration + " (expected: > 0)");
      }
    }
  }
}
