package dev.echo.client.app;

import dev.echo.load.LoadResult;
import dev.echo.load.Metric;
import dev.echo.load.Metric.Reading;
import dev.echo.load.Pace;
import dev.echo.load.Quantile.Bound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Several runs of one plan, for people: how much each figure differs from run to run. */
final class RunSummary {
  private static final List<String> TIMES = List.of("p50", "p90", "p99", "p99.9", "max");
  private static final List<String> COUNTS = List.of("missing", "wrong", "lost");
  private static final String ROW = "%-14s %12s %12s %12s";

  private RunSummary() {}

  /** A head, and a line for each figure that every run has. */
  static List<String> lines(List<LoadResult> runs) {
    boolean closed = runs.get(0).plan().pace() instanceof Pace.Max;
    List<String> names = new ArrayList<>(List.of("rate"));
    TIMES.forEach(name -> names.add((closed ? "service." : "") + name));
    names.addAll(COUNTS);
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(String.format(Locale.ROOT, ROW, runs.size() + " runs", "median", "least", "most"));
    for (String name : names) {
      lines.add(row(Metric.parse(name), runs));
    }
    return lines;
  }

  private static String row(Metric metric, List<LoadResult> runs) {
    List<Reading> readings = runs.stream().map(metric::of).toList();
    if (readings.stream().anyMatch(reading -> reading.bound() == Bound.NOT_CARRIED)) {
      return String.format(Locale.ROOT, ROW, metric, "-", "-", "-");
    }
    boolean isBound = readings.stream().anyMatch(each -> each.bound() == Bound.AT_LEAST);
    double[] sorted = readings.stream().mapToDouble(Reading::value).sorted().toArray();
    String sign = isBound ? ">= " : "";
    return String.format(
        Locale.ROOT,
        ROW,
        metric,
        sign + metric.format(median(sorted)),
        sign + metric.format(sorted[0]),
        sign + metric.format(sorted[sorted.length - 1]));
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElse(0);
  }
}
