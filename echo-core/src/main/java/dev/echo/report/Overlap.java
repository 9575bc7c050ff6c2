package dev.echo.report;

import dev.echo.load.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether results were measured at the same time, by the clocks of their machines. */
final class Overlap {
  /** Below this part of the longest, the sum of the rates is not a rate that ever was. */
  private static final double ENOUGH = 0.9;

  private Overlap() {}

  /**
   * Looks at the measured times, without their warm-ups.
   *
   * @return what a reader of the sum must know
   * @throws MergeException if there is no moment in all of them
   */
  static List<String> check(List<Report> reports) throws MergeException {
    if (reports.isEmpty()) {
      throw new MergeException("no results (expected: at least one)");
    }
    refuseTheSameTwice(reports);
    Report last = reports.get(0);
    Report first = reports.get(0);
    Duration longest = Duration.ZERO;
    for (Report each : reports) {
      last = begin(each).isAfter(begin(last)) ? each : last;
      first = end(each).isBefore(end(first)) ? each : first;
      Duration measured = each.result().measured();
      longest = measured.compareTo(longest) > 0 ? measured : longest;
    }
    Duration common = Duration.between(begin(last), end(first));
    if (reports.size() > 1 && (common.isNegative() || common.isZero())) {
      throw new MergeException(
          TextLines.printable(last.name() + " began when " + first.name())
              + " was over: "
              + begin(last)
              + " after "
              + end(first)
              + " (expected: measured at the same time)");
    }
    return warnings(reports, common, longest);
  }

  /** Two runs of one seed do not begin at the same nanosecond on one host. */
  private static void refuseTheSameTwice(List<Report> reports) throws MergeException {
    Map<List<Object>, Report> seen = new HashMap<>();
    for (Report each : reports) {
      LoadResult result = each.result();
      Report other = seen.put(List.of(result.started(), result.plan().seed(), result.host()), each);
      if (other != null) {
        throw new MergeException(
            TextLines.printable(other.name() + " and " + each.name())
                + " are the same run (expected: each run once)");
      }
    }
  }

  private static List<String> warnings(List<Report> reports, Duration common, Duration longest) {
    List<String> warnings = new ArrayList<>();
    if (common.toNanos() < longest.toNanos() * ENOUGH) {
      warnings.add(
          "the results have only "
              + Numbers.time(common.toNanos())
              + " of "
              + Numbers.time(longest.toNanos())
              + " in common: the rate is the sum of rates that were not all at the same time");
    }
    Set<Long> seeds = new HashSet<>();
    reports.forEach(each -> seeds.add(each.result().plan().seed()));
    if (seeds.size() < reports.size()) {
      warnings.add(
          "some have the same seed: a message that came back to the wrong machine would not show");
    }
    return warnings;
  }

  private static Instant begin(Report report) {
    LoadResult result = report.result();
    return result.started().plus(result.plan().warmup());
  }

  private static Instant end(Report report) {
    return begin(report).plus(report.result().measured());
  }
}
