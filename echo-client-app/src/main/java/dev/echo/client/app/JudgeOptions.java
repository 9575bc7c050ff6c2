package dev.echo.client.app;

import dev.echo.load.Assessment;
import dev.echo.load.Baseline;
import dev.echo.load.Condition;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.report.Report;
import dev.echo.text.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what is expected of a load. */
final class JudgeOptions {
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,3})?)%");
  private static final double DEFAULT_REGRESS = 0.1;

  private final List<Condition> expected = new ArrayList<>();
  private List<Condition> searched = List.of();
  private @Nullable Double maxRegress;

  @Option(
      names = "--expect",
      order = 30,
      paramLabel = "CONDITIONS",
      description = {
        "exit status 5 unless they hold: p50 p99.9 min mean max, service.p99 lag.max"
            + " residence.p50 ..., missing wrong surplus lost sent rate (default: none)"
      })
  void expect(String text) {
    expected.addAll(conditions("--expect", text));
  }

  @Option(
      names = "--find-max",
      order = 31,
      paramLabel = "CONDITIONS",
      description = "find the highest rate at which they hold (default: -r says it)")
  void findMax(String text) {
    searched = conditions("--find-max", text);
  }

  @Option(
      names = "--repeat",
      order = 32,
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "runs, each with new connections (default: 1)")
  private int repeat = 1;

  @Option(
      names = "--baseline",
      order = 33,
      paramLabel = "FILE",
      description = "exit status 5 if worse than the results saved there (default: none)")
  private @Nullable Path baseline;

  @Option(
      names = "--max-regress",
      order = 34,
      paramLabel = "PERCENT",
      description = "so much worse is no matter (default: 10%%)")
  void maxRegress(String text) {
    Matcher matcher = PERCENT.matcher(text.strip());
    if (!matcher.matches()) {
      throw new TypeConversionException("--max-regress: '" + text + "' (expected: such as 10%)");
    }
    maxRegress = Double.parseDouble(matcher.group(1)) / 100;
  }

  /** Whether the rate is looked for. */
  boolean isSearch() {
    return !searched.isEmpty();
  }

  /** The file of the earlier runs, or null. */
  @Nullable Path baseline() {
    return baseline;
  }

  /**
   * What is expected of runs of a plan.
   *
   * @throws IllegalArgumentException if the options contradict each other or the plan, or the
   *     baseline cannot be used
   */
  Expectation expectation(LoadPlan plan) {
    if (repeat <= 0) {
      throw new IllegalArgumentException("--repeat: " + repeat + " (expected: > 0)");
    }
    if (maxRegress != null && baseline == null) {
      throw new IllegalArgumentException("--max-regress: of what? (expected: --baseline FILE)");
    }
    if (isSearch()) {
      refuse(!expected.isEmpty(), "--expect: the conditions are what is looked for");
      refuse(repeat > 1, "--repeat: the answer is confirmed by three runs already");
      refuse(baseline != null, "--baseline: its runs have one rate");
    }
    expected.forEach(condition -> condition.metric().checkFor(plan));
    searched.forEach(condition -> condition.metric().checkFor(plan));
    return new Expectation(
        expected,
        searched,
        repeat,
        earlierRuns(plan),
        maxRegress == null ? DEFAULT_REGRESS : maxRegress);
  }

  private List<LoadResult> earlierRuns(LoadPlan plan) {
    if (baseline == null) {
      return List.of();
    }
    List<Report> reports = SavedResults.read("--baseline", baseline);
    List<LoadResult> runs = reports.stream().map(Report::result).toList();
    try {
      Baseline.checkFor(runs, plan);
      reports.forEach(JudgeOptions::checkVerdict);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--baseline " + baseline + ": " + e.getMessage(), e);
    }
    return runs;
  }

  /** A verdict says more than the figures: what was asked of the run, and who ended it. */
  private static void checkVerdict(Report report) {
    Assessment verdict = report.assessment();
    if (verdict.status() != ExitStatus.OK && verdict.status() != ExitStatus.UNMET) {
      String why = verdict.reasons().isEmpty() ? "" : ": " + verdict.reasons().get(0);
      throw new IllegalArgumentException(
          report.name() + " was " + verdict.status().word() + why + " (expected: ok or unmet)");
    }
  }

  private static void refuse(boolean contradicts, String why) {
    if (contradicts) {
      throw new IllegalArgumentException("--find-max and " + why);
    }
  }

  private static List<Condition> conditions(String option, String text) {
    try {
      return Condition.parseAll(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(option + ": " + e.getMessage());
    }
  }
}
