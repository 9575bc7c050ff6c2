package dev.echo.client.app;

import java.util.Locale;

/** Times in columns: all in one unit, so that they can be compared at a glance. */
final class Milliseconds {
  private Milliseconds() {}

  /** In no more digits than a distribution keeps: {@code 0.213 ms}, {@code 12.3 ms}. */
  static String rounded(long nanos) {
    return digits(nanos) + " ms";
  }

  /** The same without the unit. */
  static String digits(long nanos) {
    double millis = nanos / 1e6;
    int decimals = millis < 0.9995 ? 3 : millis < 9.995 ? 2 : millis < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", millis);
  }

  /** Such as {@code 0.213 ms}. */
  static String of(long nanos) {
    return String.format(Locale.ROOT, "%.3f ms", nanos / 1e6);
  }
}
