package dev.echo.load;

import dev.echo.load.Quantile.Bound;
import dev.echo.metrics.Distribution;

/**
 * The mean of a time. What never came counts with its age.
 *
 * @param measure which time
 */
record MeanMetric(Measure measure) implements TimeMetric {
  @Override
  public Reading of(LoadResult result) {
    Quantile longest = result.quantile(measure, 100);
    Distribution times = result.time(measure);
    if (longest.bound() == Bound.AT_LEAST) {
      times = times.plus(result.missingAges());
    }
    return new Reading(times.meanNanos(), longest.bound());
  }

  @Override
  public String toString() {
    return MetricNames.prefix(measure) + MetricNames.MEAN;
  }
}
