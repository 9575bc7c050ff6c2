package dev.echo.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of something happens in a second, as people write and read it: {@code 10k}, {@code
 * 10k/s}, {@code 0.5/s}. The units {@code k}, {@code M} and {@code G} are powers of 1000; upper and
 * lower case are the same.
 */
public final class Rates {
  private static final int MAX_LENGTH = 40;
  private static final int DIGITS = 3;
  private static final int WHOLE_FROM = 100;
  private static final Pattern RATE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)([kmg]?)(?:/s)?", Pattern.CASE_INSENSITIVE);

  private Rates() {}

  /**
   * Reads a rate.
   *
   * @param text a number, perhaps with a unit, perhaps with {@code /s} behind it
   * @return per second, not negative
   * @throws IllegalArgumentException if it is no rate
   */
  public static double parse(String text) {
    String trimmed = text.strip();
    Matcher matcher = RATE.matcher(trimmed);
    if (trimmed.length() > MAX_LENGTH || !matcher.matches()) {
      throw new IllegalArgumentException(
          "'"
              + EscapedText.of(trimmed, MAX_LENGTH)
              + "' is no rate (expected: such as 500, 10k, 10k/s, 0.5/s)");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : "kmg".indexOf(unit) + 1;
    return new BigDecimal(matcher.group(1)).scaleByPowerOfTen(3 * power).doubleValue();
  }

  /**
   * Writes a rate for people: whole from 100 on, else in three digits at most.
   *
   * @param perSecond not negative
   * @return such as {@code 20,000/s}, {@code 12.5/s}, {@code 0.5/s}
   */
  public static String format(double perSecond) {
    if (perSecond >= WHOLE_FROM || perSecond == 0) {
      return String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }
    BigDecimal rounded = new BigDecimal(perSecond).round(new MathContext(DIGITS));
    return rounded.stripTrailingZeros().toPlainString() + "/s";
  }
}
