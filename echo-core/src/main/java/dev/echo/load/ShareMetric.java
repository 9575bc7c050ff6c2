package dev.echo.load;

import java.util.Locale;

/**
 * A count in percent of the messages that were sent, as {@code lost%}.
 *
 * @param count of what
 */
record ShareMetric(CountMetric count) implements Metric {
  static final String SIGN = "%";

  @Override
  public Reading of(LoadResult result) {
    long sent = result.counts().sent();
    Reading all = count.of(result);
    return new Reading(sent == 0 ? 0 : 100 * all.value() / sent, all.bound());
  }

  @Override
  public String format(double value) {
    return String.format(Locale.ROOT, "%.4g%%", value);
  }

  @Override
  public double parseLimit(String text) {
    try {
      double percent = Double.parseDouble(text.replace(SIGN, ""));
      if (percent >= 0 && percent <= 100) {
        return percent;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException("'" + text + "' is no share (expected: such as 0.1%)");
  }

  @Override
  public Better better() {
    return count.better();
  }

  @Override
  public String toString() {
    return count + SIGN;
  }
}
