package dev.echo.load;

import dev.echo.text.Durations;

/** A figure that is a time: written as a duration, and the shorter the better. */
sealed interface TimeMetric extends Metric permits PercentileMetric, MeanMetric {
  /** Which time. */
  Measure measure();

  @Override
  default String format(double value) {
    return Durations.format((long) value);
  }

  @Override
  default double parseLimit(String text) {
    return Durations.parse(text).toNanos();
  }

  @Override
  default Better better() {
    return Better.LOWER;
  }

  @Override
  default void checkFor(LoadPlan plan) {
    MetricNames.checkTime(this, measure(), plan);
  }
}
