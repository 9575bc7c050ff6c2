package dev.echo.load;

import dev.echo.load.Quantile.Bound;
import dev.echo.metrics.Distribution;
import java.math.BigDecimal;

/**
 * A percentile of a time.
 *
 * @param measure which time
 * @param percent 0 to 100, both included: the minimum and the maximum
 */
record PercentileMetric(Measure measure, double percent) implements TimeMetric {
  private static final double MEDIAN = 50;

  /** Messages at or beyond a percentile. */
  private static final long FEWEST = 10;

  PercentileMetric {
    if (!(percent >= 0 && percent <= 100)) {
      throw new IllegalArgumentException("p" + percent + " (expected: p0..p100)");
    }
  }

  @Override
  public Reading of(LoadResult result) {
    Quantile quantile = result.quantile(measure, percent);
    return new Reading(quantile.nanos(), quantile.bound());
  }

  /** The highest percentile that the sample carries: a higher one is no shorter. */
  @Override
  public Reading floor(LoadResult result) {
    long count = result.time(measure).count();
    if (percent < MEDIAN || percent == 100 || count < FEWEST) {
      return new Reading(0, Bound.NOT_CARRIED);
    }
    double carried = count < 2 * FEWEST ? 0 : 100 - 100.0 * FEWEST / count;
    return new Reading(result.quantile(measure, carried).nanos(), Bound.AT_LEAST);
  }

  @Override
  public long fewest() {
    return Distribution.fewest(percent);
  }

  @Override
  public String toString() {
    return MetricNames.prefix(measure) + name();
  }

  private String name() {
    return percent == 0
        ? "min"
        : percent == 100
            ? "max"
            : "p" + BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }
}
