package dev.echo.load;

import dev.echo.load.Quantile.Bound;
import java.util.Locale;

/**
 * A count in percent of the messages that were due, as {@code missing%}; lost connections in
 * percent of those that were made.
 *
 * @param count of what
 */
record ShareMetric(CountMetric count) implements Metric {
  static final String SIGN = "%";

  @Override
  public Reading of(LoadResult result) {
    Reading part = count == CountMetric.WRONG ? wrong(result) : count.of(result);
    Reading whole = count.whole(result);
    return whole.bound() == Bound.NOT_CARRIED || part.bound() == Bound.NOT_CARRIED
        ? new Reading(0, Bound.NOT_CARRIED)
        : new Reading(100 * part.value() / whole.value(), part.bound());
  }

  /** Messages that were due: not those of the warm-up, and not what came in addition. */
  private Reading wrong(LoadResult result) {
    Reading all = count.of(result);
    return new Reading(result.counts().wrong(), all.bound());
  }

  @Override
  public String remark(LoadResult result) {
    String besides = count == CountMetric.WRONG ? CountMetric.besides(result) : "";
    return besides.isEmpty() ? "" : ", and " + besides;
  }

  @Override
  public Drift drift(LoadResult result) {
    return count.drift(result);
  }

  @Override
  public String shortage(LoadResult result) {
    return count.shortage(result);
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
