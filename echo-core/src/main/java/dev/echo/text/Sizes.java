package dev.echo.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes as people write and read them. As the units are defined (IEC 80000-13): {@code
 * k}, {@code M}, {@code G} and {@code T}, with or without a {@code B}, are powers of 1000; {@code
 * Ki}, {@code Mi}, {@code Gi} and {@code Ti} are powers of 1024. Upper and lower case are the same.
 * What is printed is in powers of 1000, as network rates are.
 */
public final class Sizes {
  private static final int MAX_LENGTH = 40;
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)([kmgt]?)(i?)(b?)", Pattern.CASE_INSENSITIVE);
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB", "EB"};

  private Sizes() {}

  /**
   * Reads a number of bytes.
   *
   * @param text such as {@code 64}, {@code 1k}, {@code 64KiB}, {@code 1.5MB}
   * @return the number of bytes, not negative
   * @throws IllegalArgumentException if it is no size, or no whole number of bytes
   */
  public static long parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = SIZE.matcher(trimmed);
    if (trimmed.length() > MAX_LENGTH
        || !matcher.matches()
        || (!matcher.group(3).isEmpty() && matcher.group(2).isEmpty())) {
      throw invalid(trimmed, "is no size");
    }
    int power = "kmgt".indexOf(matcher.group(2).toLowerCase(Locale.ROOT)) + 1;
    if (matcher.group(2).isEmpty()) {
      power = 0;
    }
    BigDecimal step = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
    BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(step.pow(power));
    if (bytes.compareTo(LARGEST) > 0) {
      throw invalid(trimmed, "is too large");
    }
    try {
      return bytes.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
    } catch (ArithmeticException e) {
      throw invalid(trimmed, "is no whole number of bytes");
    }
  }

  /**
   * Writes a number of bytes for people.
   *
   * @param bytes not negative
   * @return such as {@code 12 B}, {@code 4.2 KB}, {@code 105 MB}
   */
  public static String format(long bytes) {
    return format((double) bytes);
  }

  /**
   * Writes a rate for people.
   *
   * @param bytesPerSecond not negative
   * @return such as {@code 1.3 GB/s}
   */
  public static String formatRate(double bytesPerSecond) {
    return format(bytesPerSecond) + "/s";
  }

  /**
   * Writes a limit as it was set: in powers of 1024 where it is a whole number of those.
   *
   * @param bytes not negative
   * @return such as {@code 256 KiB}, or as {@link #format(long)} does
   */
  public static String formatLimit(long bytes) {
    String[] names = {"KiB", "MiB", "GiB"};
    for (int power = names.length; power > 0; power--) {
      long unit = 1L << (10 * power);
      if (bytes >= unit && bytes % unit == 0) {
        return bytes / unit + " " + names[power - 1];
      }
    }
    return format(bytes);
  }

  private static String format(double bytes) {
    double value = bytes;
    int unit = 0;
    while (unit < UNITS.length - 1 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    String text = String.format(Locale.US, unit > 0 && value < 9.95 ? "%.1f" : "%.0f", value);
    return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " " + UNITS[unit];
  }

  private static IllegalArgumentException invalid(String text, String what) {
    return new IllegalArgumentException(
        "'"
            + EscapedText.of(text, MAX_LENGTH)
            + "' "
            + what
            + " (expected: such as 64, 1k, 64KiB)");
  }
}
