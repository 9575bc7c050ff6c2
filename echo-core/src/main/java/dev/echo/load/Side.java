package dev.echo.load;

import dev.echo.load.Metric.Reading;
import dev.echo.load.Quantile.Bound;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What the runs of one side of a comparison say about a figure.
 *
 * @param readings one for each run; a lower bound where messages are missing
 */
record Side(List<Reading> readings) {
  static Side of(Metric metric, List<LoadResult> runs) {
    return new Side(runs.stream().map(metric::of).toList());
  }

  int runs() {
    return readings.size();
  }

  /** Says whether each run has enough messages for the figure. */
  boolean isCarried() {
    return readings.stream().noneMatch(each -> each.bound() == Bound.NOT_CARRIED);
  }

  /** Says whether a run has a lower bound in place of a value. */
  boolean isBound() {
    return readings.stream().anyMatch(each -> each.bound() == Bound.AT_LEAST);
  }

  /** The median, and whether it is a lower bound. */
  Reading median() {
    return new Reading(least(), most() > least() ? Bound.AT_LEAST : Bound.EXACT);
  }

  /** The median if what is missing would have come at once. */
  double least() {
    return median(Reading::value);
  }

  /** The median if what is missing would never have come. */
  double most() {
    return median(each -> each.bound() == Bound.AT_LEAST ? Double.POSITIVE_INFINITY : each.value());
  }

  /** All values, the bounds for what they are at least. */
  double[] values() {
    return readings.stream().mapToDouble(Reading::value).toArray();
  }

  private double median(ToDoubleFunction<Reading> value) {
    double[] sorted = readings.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
  }
}
