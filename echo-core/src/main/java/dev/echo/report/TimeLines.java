package dev.echo.report;

import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.metrics.Distribution;
import dev.echo.report.Chart.Band;
import dev.echo.report.Chart.Line;
import dev.echo.report.Chart.Series;
import dev.echo.report.Chart.X;
import dev.echo.report.Chart.Y;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What went on over time, interval by interval. */
final class TimeLines {
  private static final int COLORS = 7;
  private static final int GREY = 4;
  private static final double SECOND = 1e9;
  private static final Duration MARKED_PAUSE = Duration.ofMillis(10);
  private static final String WARMUP = "Grey shade: the warm-up. ";
  private static final String PAUSE =
      "Red shade: this process or machine paused for "
          + Numbers.exact(MARKED_PAUSE)
          + " or more; what was slow then may not be the peer's.";

  private static final String LOSS = "Lost ones are shown when they are given up. ";

  private TimeLines() {}

  static List<Chart> of(LoadResult result) {
    List<Interval> intervals = Slices.drawn(result);
    List<Double> xs = intervals.stream().map(TimeLines::middle).toList();
    List<Series> times = new ArrayList<>();
    if (MainTime.of(result) == Measure.RESPONSE) {
      add(times, "response", 0, intervals, Interval::response);
    }
    add(times, "service", 1, intervals, Interval::service);
    times.add(
        new Series(
            "longest pause",
            GREY,
            Line.PLAIN,
            values(intervals, each -> positive(each.maxPause().toNanos()))));
    List<Series> rates = new ArrayList<>();
    rates.add(new Series("echoed", 0, Line.BOLD, values(intervals, TimeLines::echoed)));
    rates.add(
        new Series(
            "sent", 1, Line.DASHED, values(intervals, each -> perSecond(each, each.sent()))));
    if (result.plan().pace() instanceof Pace.PerSecond open) {
      double end = (result.plan().warmup().toNanos() + result.measured().toNanos()) / SECOND;
      rates.add(
          new Series(
              "expected",
              GREY,
              Line.DOTTED,
              values(intervals, each -> middle(each) < end ? open.messages() : null)));
    }
    List<Band> bands = bands(intervals);
    String note = note(intervals);
    List<Chart> charts = new ArrayList<>();
    charts.add(new Chart("times", "Times", note, X.SECONDS, Y.NANOS, xs, times, bands));
    charts.add(new Chart("rate", "Rate", note, X.SECONDS, Y.RATE, xs, rates, bands));
    List<Series> datagrams = datagrams(intervals);
    if (!datagrams.isEmpty()) {
      charts.add(
          new Chart(
              "datagrams", "Datagrams", LOSS + note, X.SECONDS, Y.RATE, xs, datagrams, bands));
    }
    return List.copyOf(charts);
  }

  static List<Chart> of(Comparison comparison) {
    TreeSet<Double> all = new TreeSet<>();
    comparison
        .reports()
        .forEach(each -> Slices.drawn(each.result()).forEach(slice -> all.add(middle(slice))));
    List<Double> xs = List.copyOf(all);
    List<Series> times = new ArrayList<>();
    List<Series> rates = new ArrayList<>();
    for (int i = 0; i < comparison.reports().size(); i++) {
      LoadResult result = comparison.reports().get(i).result();
      String name = comparison.names().get(i);
      Measure main = MainTime.of(result);
      Function<Interval, Distribution> time =
          main == Measure.RESPONSE ? Interval::response : Interval::service;
      times.add(
          new Series(
              name + " " + main + " p99",
              i % COLORS,
              Line.PLAIN,
              spread(xs, result, each -> percentile(time.apply(each), 99))));
      rates.add(new Series(name, i % COLORS, Line.PLAIN, spread(xs, result, TimeLines::echoed)));
    }
    return List.of(
        new Chart("times", "p99 of each", "", X.SECONDS, Y.NANOS, xs, times, List.of()),
        new Chart("rate", "Rate of each", "", X.SECONDS, Y.RATE, xs, rates, List.of()));
  }

  private static void add(
      List<Series> series,
      String name,
      int color,
      List<Interval> intervals,
      Function<Interval, Distribution> time) {
    series.add(
        new Series(
            name + " p50",
            color,
            Line.BOLD,
            values(intervals, each -> percentile(time.apply(each), 50))));
    series.add(
        new Series(
            name + " p99",
            color,
            Line.DASHED,
            values(intervals, each -> percentile(time.apply(each), 99))));
    series.add(
        new Series(
            name + " max",
            color,
            Line.DOTTED,
            values(intervals, each -> positive(time.apply(each).maxNanos()))));
  }

  /** A curve for each thing that happened to any datagram. */
  private static List<Series> datagrams(List<Interval> intervals) {
    List<Series> series = new ArrayList<>();
    addCount(series, "lost", 0, intervals, DatagramEvents::lost);
    addCount(series, "late", 1, intervals, DatagramEvents::late);
    addCount(series, "duplicated", 2, intervals, DatagramEvents::duplicated);
    addCount(series, "reordered", 3, intervals, DatagramEvents::reordered);
    return series;
  }

  private static void addCount(
      List<Series> series,
      String name,
      int color,
      List<Interval> intervals,
      ToLongFunction<DatagramEvents> count) {
    if (intervals.stream().anyMatch(each -> count.applyAsLong(each.datagrams()) > 0)) {
      series.add(
          new Series(
              name,
              color,
              Line.PLAIN,
              values(intervals, each -> perSecond(each, count.applyAsLong(each.datagrams())))));
    }
  }

  private static List<Band> bands(List<Interval> intervals) {
    List<Band> bands = new ArrayList<>();
    for (Interval each : intervals) {
      double from = each.from().toNanos() / SECOND;
      double to = from + each.length().toNanos() / SECOND;
      if (each.warmup()) {
        bands.add(new Band("warmup", from, to));
      }
      if (isMarked(each)) {
        bands.add(new Band("pause", from, to));
      }
    }
    return List.copyOf(bands);
  }

  private static boolean isMarked(Interval interval) {
    return interval.maxPause().compareTo(MARKED_PAUSE) >= 0;
  }

  /** Explains the shades that are there. */
  private static String note(List<Interval> intervals) {
    return (intervals.stream().anyMatch(Interval::warmup) ? WARMUP : "")
        + (intervals.stream().anyMatch(TimeLines::isMarked) ? PAUSE : "");
  }

  private static List<@Nullable Double> values(
      List<Interval> intervals, Function<Interval, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    intervals.forEach(each -> values.add(value.apply(each)));
    return values;
  }

  /** Where a result has no interval at a place that another has, there is no value. */
  private static List<@Nullable Double> spread(
      List<Double> xs, LoadResult result, Function<Interval, @Nullable Double> value) {
    List<@Nullable Double> values = new ArrayList<>();
    int at = 0;
    List<Interval> intervals = Slices.drawn(result);
    for (double x : xs) {
      boolean isThere = at < intervals.size() && middle(intervals.get(at)) == x;
      values.add(isThere ? value.apply(intervals.get(at++)) : null);
    }
    return values;
  }

  private static double middle(Interval interval) {
    return (interval.from().toNanos() + interval.length().toNanos() / 2.0) / SECOND;
  }

  private static @Nullable Double percentile(Distribution times, double percent) {
    Histogram histogram = times.histogram();
    return times.carries(percent) ? positive(histogram.getValueAtPercentile(percent)) : null;
  }

  /** A logarithmic scale has no place for nothing. */
  private static @Nullable Double positive(long nanos) {
    return nanos <= 0 ? null : (double) nanos;
  }

  private static @Nullable Double echoed(Interval interval) {
    return perSecond(interval, interval.echoed());
  }

  private static @Nullable Double perSecond(Interval interval, long count) {
    double seconds = interval.length().toNanos() / SECOND;
    return interval.carriesRate() ? count / seconds : null;
  }
}
