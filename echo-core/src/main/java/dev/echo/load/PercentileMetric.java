package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.math.BigDecimal;

/**
 * A percentile of a time.
 *
 * @param measure which time
 * @param percent 0 to 100, both included: the minimum and the maximum
 */
record PercentileMetric(Measure measure, double percent) implements TimeMetric {
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
