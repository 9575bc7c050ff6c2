package dev.echo.load;

import dev.echo.load.Quantile.Bound;
import dev.echo.metrics.Distribution;
import dev.echo.text.Durations;

/**
 * The mean of a time. What never came counts with its age.
 *
 * @param measure which time
 */
record MeanMetric(Measure measure) implements Metric {
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
  public String format(double value) {
    return Durations.format((long) value);
  }

  @Override
  public double parseLimit(String text) {
    return Durations.parse(text).toNanos();
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public void checkFor(LoadPlan plan) {
    MetricNames.checkTime(this, measure, plan);
  }

  @Override
  public String toString() {
    return MetricNames.prefix(measure) + MetricNames.MEAN;
  }
}
