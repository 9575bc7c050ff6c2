package dev.echo.load;

import dev.echo.text.Durations;
import java.util.Locale;

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

  /** Fewest values that carry it. */
  default long fewest() {
    return 1;
  }

  @Override
  default String shortage(LoadResult result) {
    long count = result.time(measure()).count();
    return count == 0
        ? "nothing was measured"
        : String.format(
            Locale.ROOT, "only %s (%s takes %,d)", Assessor.count(count, "value"), this, fewest());
  }

  @Override
  default Drift drift(LoadResult result) {
    return switch (measure()) {
      case RESPONSE, SERVICE, LAG -> Drift.UP;
      case OWN_LAG, RESIDENCE, CONNECT, HANDSHAKE, PAUSE -> Drift.NONE;
    };
  }

  @Override
  default void checkFor(LoadPlan plan) {
    MetricNames.checkTime(this, measure(), plan);
  }
}
