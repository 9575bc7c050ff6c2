package dev.echo.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as reports show them, the same on every machine. */
final class Numbers {
  /** In the place of a figure that the run cannot carry. */
  static final String NONE = "-";

  private static final String[] UNITS = {"ns", "µs", "ms", "s"};
  private static final int MAX_DECIMALS = 4;
  private static final int THOUSAND = 1000;

  private Numbers() {}

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A count with its noun, which takes an s for all but one. */
  static String count(long value, String noun) {
    return count(value) + " " + noun + (value == 1 ? "" : "s");
  }

  /** A rate that was asked for, to the last digit. */
  static String exactRate(double perSecond) {
    BigDecimal exact = BigDecimal.valueOf(perSecond).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, exact.scale()) + "f/s", exact);
  }

  /** A rate that was measured: whole from a thousand on, below that in three digits. */
  static String rate(double perSecond) {
    return (perSecond < THOUSAND
            ? threeDigits(perSecond)
            : String.format(Locale.ROOT, "%,.0f", perSecond))
        + "/s";
  }

  /** A time in three digits and the unit that suits it: {@code 93.4 µs}, {@code 5.00 s}. */
  static String time(long nanos) {
    double value = nanos;
    int unit = 0;
    while (unit < UNITS.length - 1 && value >= 999.5) {
      value /= THOUSAND;
      unit++;
    }
    return (unit == 0 ? count(nanos) : threeDigits(value)) + " " + UNITS[unit];
  }

  /** Three digits, four from a thousand on: what the histograms keep. */
  static String threeDigits(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    BigDecimal rounded = exact.round(new MathContext(3, RoundingMode.HALF_UP));
    if (rounded.abs().compareTo(BigDecimal.valueOf(THOUSAND)) >= 0) {
      rounded = exact.round(new MathContext(4, RoundingMode.HALF_UP));
    }
    int wholeDigits = rounded.precision() - rounded.scale();
    int decimals = Math.min(MAX_DECIMALS, Math.max(0, 3 - wholeDigits));
    return String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
  }

  /** A setting, to the last digit. */
  static String exact(Duration duration) {
    long nanos = duration.toNanos();
    int unit = 0;
    for (long rest = Math.abs(nanos); unit < UNITS.length - 1 && rest >= THOUSAND; unit++) {
      rest /= THOUSAND;
    }
    BigDecimal value = BigDecimal.valueOf(nanos, 3 * unit).stripTrailingZeros();
    return String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value)
        + " "
        + UNITS[unit];
  }

  /** By how much a value differs from another: {@code +3.1%}; empty if that rounds to nothing. */
  static String change(double from, double to) {
    double percent = (to - from) / from * 100;
    if (Math.abs(percent) < 0.05) {
      return "";
    }
    String digits =
        String.format(Locale.ROOT, Math.abs(percent) < 9.95 ? "%+.1f" : "%+,.0f", percent);
    return digits + "%";
  }
}
