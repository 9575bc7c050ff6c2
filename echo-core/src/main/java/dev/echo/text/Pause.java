package dev.echo.text;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** The time between two tries, longer each time: Java cannot wait for a file descriptor. */
final class Pause {
  private static final long FIRST_MILLIS = 1;
  private static final long LONGEST_MILLIS = 20;

  private long millis = FIRST_MILLIS;

  /** The next one is short again. */
  void reset() {
    millis = FIRST_MILLIS;
  }

  void take() throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
    millis = Math.min(LONGEST_MILLIS, millis * 2);
  }
}
