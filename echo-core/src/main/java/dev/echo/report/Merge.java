package dev.echo.report;

import dev.echo.client.DatagramCounts;
import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.Ending;
import dev.echo.load.LoadCounts;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Trouble;
import dev.echo.metrics.Distribution;
import dev.echo.payload.WrongEcho;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes one result of several that ran at the same time, as on several machines: a load larger than
 * one machine can make. Events keep the numbers of their own machine, and say whose they are.
 */
public final class Merge {
  private static final int EVENTS = 100;

  private Merge() {}

  /**
   * Adds results up: counts, connections, rates and times, and what the plan asked for. The
   * measured time is the longest one. The verdict is the gravest one; conditions were those of each
   * machine, so ask for those of the sum again.
   *
   * @param reports at least one; of the same plan but for the seed, the transport and the event
   *     loops, and measured at the same time by the clocks of their machines
   * @return the sum
   * @throws MergeException if plans differ, or two did not overlap
   */
  public static Report of(List<Report> reports) throws MergeException {
    List<String> warnings = new ArrayList<>();
    for (Report report : reports) {
      for (String warning : report.assessment().warnings()) {
        warnings.add(of(report, warning));
      }
    }
    warnings.addAll(Overlap.check(reports));
    LoadResult result = result(reports);
    String name = reports.stream().map(Report::name).collect(Collectors.joining(" + "));
    return new Report(name, result, assessment(reports, warnings));
  }

  private static LoadResult result(List<Report> reports) throws MergeException {
    List<LoadResult> all = reports.stream().map(Report::result).toList();
    LoadCounts counts = LoadCounts.ZERO;
    DatagramCounts datagrams = DatagramCounts.NONE;
    ConnectionCounts connections = ConnectionCounts.ZERO;
    Distribution missingAges = Distribution.EMPTY;
    Map<Measure, Distribution> times = new EnumMap<>(Measure.class);
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    for (LoadResult each : all) {
      counts = counts.plus(each.counts());
      datagrams = datagrams.plus(each.datagrams());
      connections = connections.plus(each.connections());
      missingAges = missingAges.plus(each.missingAges());
      each.times().forEach((measure, time) -> times.merge(measure, time, Distribution::plus));
      each.verdicts().forEach((verdict, count) -> verdicts.merge(verdict, count, Long::sum));
    }
    Instant started = all.stream().map(LoadResult::started).min(Comparator.naturalOrder()).get();
    return new LoadResult(
        MergedPlan.plan(reports),
        MergedPlan.host(all),
        started,
        all.stream().map(LoadResult::measured).max(Comparator.naturalOrder()).orElse(Duration.ZERO),
        all.stream().map(LoadResult::ending).max(Comparator.naturalOrder()).orElse(Ending.COMPLETE),
        counts,
        datagrams,
        connections,
        times,
        missingAges,
        MergedIntervals.of(all, started),
        wrong(reports),
        verdicts,
        troubles(reports));
  }

  private static List<WrongEcho> wrong(List<Report> reports) {
    List<WrongEcho> all = new ArrayList<>();
    for (Report report : reports) {
      for (WrongEcho each : report.result().wrong()) {
        all.add(
            new WrongEcho(
                each.connection(),
                each.sequence(),
                each.verdict(),
                each.offset(),
                each.amount(),
                of(report, each.sentence())));
      }
    }
    return all.subList(0, Math.min(EVENTS, all.size()));
  }

  private static List<Trouble> troubles(List<Report> reports) {
    List<Trouble> all = new ArrayList<>();
    for (Report report : reports) {
      for (Trouble each : report.result().troubles()) {
        all.add(
            new Trouble(
                each.connection(),
                each.at(),
                each.status(),
                of(report, each.sentence()),
                each.end()));
      }
    }
    all.sort(Comparator.comparing(Trouble::at));
    return all.subList(0, Math.min(EVENTS, all.size()));
  }

  private static Assessment assessment(List<Report> reports, List<String> warnings) {
    ExitStatus status = ExitStatus.OK;
    List<String> reasons = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (Report report : reports) {
      Assessment each = report.assessment();
      status = status.and(each.status());
      each.reasons().forEach(reason -> reasons.add(of(report, reason)));
      for (Check check : each.checks()) {
        checks.add(new Check(of(report, check.condition()), check.measured(), check.outcome()));
      }
    }
    return new Assessment(status, reasons, checks, warnings);
  }

  private static String of(Report report, String sentence) {
    String name = report.name().isEmpty() ? report.result().host().name() : report.name();
    return name + ": " + sentence;
  }
}
