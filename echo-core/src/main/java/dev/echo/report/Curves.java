package dev.echo.report;

import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.metrics.Distribution;
import dev.echo.report.Chart.Line;
import dev.echo.report.Chart.Series;
import dev.echo.report.Chart.X;
import dev.echo.report.Chart.Y;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Percentile curves: how long the best so many percent took, up to where the sample carries it. */
final class Curves {
  private static final int POINTS_PER_DECADE = 24;
  private static final double CARRYING = 10;
  private static final int COLORS = 7;
  private static final List<Measure> MEASURES =
      List.of(Measure.RESPONSE, Measure.SERVICE, Measure.LAG, Measure.RESIDENCE);
  private static final String NOTE =
      "Each curve ends where fewer than ten messages lie beyond. Dashed: a lower bound, since"
          + " messages are missing.";

  private Curves() {}

  static Chart of(LoadResult result) {
    List<Double> xs = grid(List.of(result));
    List<Series> series = new ArrayList<>();
    for (Measure measure : MEASURES) {
      boolean isMain = measure == MainTime.of(result);
      add(
          series,
          xs,
          measure.toString(),
          MEASURES.indexOf(measure),
          isMain ? Line.BOLD : Line.PLAIN,
          isMain ? MainTime.ranked(result) : result.time(measure),
          isMain ? result.missingAges() : Distribution.EMPTY);
    }
    return chart("Percentiles", xs, series);
  }

  static Chart of(Comparison comparison) {
    List<LoadResult> results = comparison.reports().stream().map(Report::result).toList();
    List<Double> xs = grid(results);
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      LoadResult result = results.get(i);
      String name = comparison.names().get(i) + " " + MainTime.of(result);
      Distribution ages = result.missingAges();
      add(series, xs, name, i % COLORS, Line.PLAIN, MainTime.ranked(result), ages);
    }
    return chart("Percentiles of each", xs, series);
  }

  private static Chart chart(String title, List<Double> xs, List<Series> series) {
    return new Chart(
        "percentiles", title, NOTE, X.PERCENTILE, Y.NANOS, xs, List.copyOf(series), List.of());
  }

  /** The same steps for all, so that curves can be drawn over each other. */
  private static List<Double> grid(List<LoadResult> results) {
    double end = 1;
    for (LoadResult result : results) {
      for (Measure measure : MEASURES) {
        end = Math.max(end, result.time(measure).count() / CARRYING);
      }
      end = Math.max(end, MainTime.ranked(result).count() / CARRYING);
    }
    List<Double> xs = new ArrayList<>();
    for (int i = 0; Math.pow(10, i / (double) POINTS_PER_DECADE) <= end * (1 + 1e-9); i++) {
      xs.add(Math.pow(10, i / (double) POINTS_PER_DECADE));
    }
    return List.copyOf(xs);
  }

  private static void add(
      List<Series> series,
      List<Double> xs,
      String name,
      int color,
      Line line,
      Distribution times,
      Distribution missingAges) {
    if (!times.carries(50)) {
      return;
    }
    Histogram histogram = times.histogram();
    long bound = missingAges.isEmpty() ? Long.MAX_VALUE : missingAges.minNanos();
    double end = times.count() / CARRYING * (1 + 1e-9);
    BiPredicate<Double, Long> isCarried = (x, nanos) -> x <= end;
    series.add(
        new Series(
            name, color, line, values(xs, histogram, isCarried.and((x, nanos) -> nanos < bound))));
    if (!missingAges.isEmpty()) {
      series.add(
          new Series(
              name + ", at least",
              color,
              Line.DASHED,
              values(xs, histogram, isCarried.and((x, nanos) -> nanos >= bound))));
    }
  }

  private static List<@Nullable Double> values(
      List<Double> xs, Histogram histogram, BiPredicate<Double, Long> isShown) {
    List<@Nullable Double> values = new ArrayList<>();
    for (double x : xs) {
      long nanos = Math.max(1, histogram.getValueAtPercentile(100 - 100 / x));
      values.add(isShown.test(x, nanos) ? (double) nanos : null);
    }
    return values;
  }
}
