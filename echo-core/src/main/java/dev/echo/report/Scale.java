package dev.echo.report;

import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Quantile;
import java.util.List;

/** The one unit of a table of times, so that numbers below each other can be compared. */
enum Scale {
  MICROSECONDS("µs", 1e3),
  MILLISECONDS("ms", 1e6);

  /** From this median on, in nanoseconds, microseconds are more digits than anyone reads. */
  private static final long LONG_MEDIAN = 10_000_000;

  /** What still has its place in a column as microseconds, in nanoseconds. */
  private static final long WIDEST = 100_000_000_000L;

  private final String unit;
  private final double nanos;

  Scale(String unit, double nanos) {
    this.unit = unit;
    this.nanos = nanos;
  }

  /** The unit that suits all of several results. */
  static Scale of(List<LoadResult> results) {
    for (LoadResult result : results) {
      boolean isLong = result.time(Measure.SERVICE).percentileNanos(50) >= LONG_MEDIAN;
      boolean isWide =
          result.times().values().stream().anyMatch(times -> times.maxNanos() >= WIDEST);
      if (isLong || isWide) {
        return MILLISECONDS;
      }
    }
    return MICROSECONDS;
  }

  String unit() {
    return unit;
  }

  String text(long value) {
    return Numbers.threeDigits(value / nanos);
  }

  /** A lower bound has a unit of its own: it is read by itself. */
  String text(Quantile quantile) {
    return switch (quantile.bound()) {
      case EXACT -> text(quantile.nanos());
      case AT_LEAST -> ">= " + Numbers.time(quantile.nanos());
      case NOT_CARRIED -> Numbers.NONE;
    };
  }
}
