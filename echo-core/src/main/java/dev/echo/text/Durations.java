package dev.echo.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write and read them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 213
 * µs}.
 */
public final class Durations {
  private static final String EXPECTED = " (expected: such as 500ms, 10s, 1m)";
  private static final int MAX_LENGTH = 40;
  private static final Pattern BARE = Pattern.compile("\\d+(\\.\\d+)?");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ns|us|µs|μs|ms|s|m|h|d)");
  private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String[] UNITS = {"ns", "µs", "ms", "s"};

  private Durations() {}

  /**
   * Reads a duration: numbers, each with its unit ({@code ns us µs ms s m h d}), the whole
   * optionally of several parts, as in {@code 1m30s}.
   *
   * @param text what a user wrote
   * @return the duration, not negative, at most 292 years
   * @throws IllegalArgumentException if it is no duration; a number without a unit is refused with
   *     a suggestion
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(shown(trimmed) + " is no duration" + EXPECTED);
    }
    if (BARE.matcher(trimmed).matches()) {
      throw new IllegalArgumentException(shown(trimmed) + " has no unit (" + trimmed + "s?)");
    }
    Matcher part = PART.matcher(trimmed);
    BigDecimal nanos = BigDecimal.ZERO;
    int at = 0;
    while (part.find() && part.start() == at) {
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(nanosIn(part.group(2))));
      at = part.end();
    }
    if (at == 0 || at != trimmed.length()) {
      throw new IllegalArgumentException(shown(trimmed) + " is no duration" + EXPECTED);
    }
    if (nanos.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          shown(trimmed) + " is too long (expected: at most 106751d)");
    }
    return Duration.ofNanos(nanos.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  /** Only when it is needed: it loads Netty, and with that the logger, before it is set up. */
  private static String shown(String text) {
    return "'" + EscapedText.of(text, MAX_LENGTH) + "'";
  }

  /**
   * Writes a duration for people, three digits at most where it is no whole number.
   *
   * @param duration any duration
   * @return such as {@code 213 µs}, {@code 1.2 ms}, {@code 3.4 s}, {@code 2 min 5 s}
   */
  public static String format(Duration duration) {
    long nanos;
    try {
      nanos = duration.toNanos();
    } catch (ArithmeticException e) {
      nanos = duration.isNegative() ? -Long.MAX_VALUE : Long.MAX_VALUE;
    }
    return format(nanos);
  }

  /**
   * Writes a number of nanoseconds for people.
   *
   * @param nanos any number; a negative one keeps its sign
   * @return such as {@code 213 µs}, {@code 1.2 ms}, {@code 3.4 s}, {@code 2 min 5 s}
   */
  public static String format(long nanos) {
    if (nanos < 0) {
      return "-" + format(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
    }
    if (nanos >= 59_950_000_000L) {
      return minutes(nanos / 1_000_000_000L + nanos / 500_000_000L % 2);
    }
    double value = nanos;
    int unit = 0;
    while (unit < UNITS.length - 1 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return oneDecimalBelowTen(value, unit) + " " + UNITS[unit];
  }

  private static String oneDecimalBelowTen(double value, int unit) {
    // Seconds keep a decimal up to a minute: 12.3 s says more than 12 s.
    boolean decimal = unit > 0 && value < (unit == UNITS.length - 1 ? 60 : 9.95);
    String text = String.format(Locale.US, decimal ? "%.1f" : "%.0f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String minutes(long seconds) {
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min" + rest(seconds % 60, "s");
    }
    return minutes / 60 + " h" + rest(minutes % 60, "min");
  }

  private static String rest(long count, String unit) {
    return count == 0 ? "" : " " + count + " " + unit;
  }

  private static BigDecimal nanosIn(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us", "µs", "μs" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 86_400_000_000_000L;
        });
  }
}
