package dev.echo.load;

import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Metric.Reading;
import dev.echo.load.Quantile.Bound;
import dev.echo.text.ExitStatus;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Compares runs with earlier runs of the same plan. The run is the unit, not the message: times
 * within a run resemble each other more than those of two runs, so a hundred thousand messages of
 * one run say less than they seem to.
 *
 * @param figures what was compared
 * @param maxRegress by which share a figure may get worse, as 0.1
 * @param warnings what else a reader should know, one line each
 */
public record Baseline(List<Figure> figures, double maxRegress, List<String> warnings) {
  /** Runs that it takes on each side to tell a difference from an accident. */
  public static final int ASSESSABLE_RUNS = 5;

  private static final List<Metric> DEFAULT_OPEN = metrics("p50", "p99", "rate");
  private static final List<Metric> DEFAULT_CLOSED = metrics("service.p50", "service.p99", "rate");

  /** Keeps copies. */
  public Baseline {
    figures = List.copyOf(figures);
    warnings = List.copyOf(warnings);
  }

  /**
   * One figure, before and after.
   *
   * @param metric which
   * @param before its median over the earlier runs
   * @param after its median over the later runs
   * @param worse by which share of {@code before} it got worse, as 0.1; negative if it got better,
   *     infinite if there was none before
   * @param probability that a change like this one is an accident; NaN if there are too few runs
   * @param outcome failed if it got worse by more than the limit, and, where that can be said, not
   *     by accident
   * @param undecided why there is no outcome; empty if there is one
   */
  public record Figure(
      Metric metric,
      Reading before,
      Reading after,
      double worse,
      double probability,
      Outcome outcome,
      String undecided) {

    /** In one line: {@code 1.2 ms, was 1.1 ms: 9.0% worse, p=0.200}. */
    @Override
    public String toString() {
      if (outcome == Outcome.NOT_CARRIED) {
        return undecided;
      }
      String sure =
          Double.isNaN(probability)
              ? "not assessable with fewer than " + ASSESSABLE_RUNS + " runs on each side"
              : String.format(Locale.ROOT, "p=%.3f", probability);
      return text(after) + ", was " + text(before) + ": " + change() + ", " + sure;
    }

    private String text(Reading reading) {
      return (reading.bound() == Bound.AT_LEAST ? ">= " : "") + metric.format(reading.value());
    }

    private String change() {
      if (before.bound() != after.bound()) {
        return after.bound() == Bound.AT_LEAST ? "worse" : "better";
      }
      if (worse == 0) {
        return "the same";
      }
      String way = worse > 0 ? "worse" : "better";
      return Double.isInfinite(worse)
          ? way
          : String.format(Locale.ROOT, "%.1f%% %s", Math.abs(worse) * 100, way);
    }
  }

  /**
   * Compares.
   *
   * @param before the earlier runs, at least one
   * @param after the later runs, at least one
   * @param conditions whose metrics are compared; if there are none, the median and the 99th
   *     percentile of the response time and the rate are
   * @param maxRegress by which share a figure may get worse, as 0.1
   * @return what changed
   * @throws IllegalArgumentException if the plans differ in more than the seed; the message says in
   *     what
   */
  public static Baseline of(
      List<LoadResult> before,
      List<LoadResult> after,
      List<Condition> conditions,
      double maxRegress) {
    LoadPlan plan = after.get(0).plan();
    checkFor(before, plan);
    List<Metric> metrics = conditions.stream().map(Condition::metric).distinct().toList();
    if (metrics.isEmpty()) {
      metrics = plan.pace() instanceof Pace.Max ? DEFAULT_CLOSED : DEFAULT_OPEN;
    }
    Figures figures = new Figures(before, after, maxRegress);
    return new Baseline(
        metrics.stream().map(figures::of).toList(), maxRegress, warnings(before, after));
  }

  /**
   * Refuses runs that cannot be compared, before anything is measured.
   *
   * @param before the earlier runs
   * @param plan of the later ones
   * @throws IllegalArgumentException if there are none, a plan differs in more than the seed, or
   *     one is no evidence: incomplete, wrong, invalid or interrupted
   */
  public static void checkFor(List<LoadResult> before, LoadPlan plan) {
    if (before.isEmpty()) {
      throw new IllegalArgumentException("no earlier runs (expected: at least one)");
    }
    for (LoadResult result : before) {
      List<PlanDifference> differences = PlanDifference.between(result.plan(), plan);
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "measured on "
                + result.host().name()
                + " with other settings: "
                + differences.stream()
                    .map(PlanDifference::toString)
                    .collect(Collectors.joining("; ")));
      }
    }
    Soundness.flaw(before)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(
                  flaw + " (expected: runs in which everything came back)");
            });
  }

  /**
   * What it makes of the exit status.
   *
   * @return unmet if a figure regressed, invalid if one cannot be compared, the first of them that
   *     wins; else ok
   */
  public ExitStatus status() {
    return figures.stream().map(Baseline::status).reduce(ExitStatus.OK, ExitStatus::and);
  }

  private static ExitStatus status(Figure figure) {
    return switch (figure.outcome()) {
      case HELD -> ExitStatus.OK;
      case FAILED -> ExitStatus.UNMET;
      case NOT_CARRIED -> ExitStatus.INVALID;
    };
  }

  /**
   * Adds the comparison to the verdict on the last of the later runs.
   *
   * @param assessment of that run
   * @return with a check for each figure
   */
  public Assessment addTo(Assessment assessment) {
    List<Check> checks = new ArrayList<>(assessment.checks());
    List<String> reasons = new ArrayList<>(assessment.reasons());
    List<String> all = new ArrayList<>(assessment.warnings());
    all.addAll(warnings);
    for (Figure figure : figures) {
      String condition =
          String.format(
              Locale.ROOT, "%s within %s%% of the baseline", figure.metric, percent(maxRegress));
      checks.add(new Check(condition, figure.toString(), figure.outcome));
      if (figure.outcome == Outcome.FAILED) {
        reasons.add(condition + " is not met: " + figure);
      } else if (figure.outcome == Outcome.NOT_CARRIED) {
        reasons.add(condition + " cannot be decided: " + figure);
      }
    }
    return new Assessment(assessment.status().and(status()), reasons, checks, all);
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share * 100)
        .round(new MathContext(3))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static List<String> warnings(List<LoadResult> before, List<LoadResult> after) {
    Host now = after.get(0).host();
    return before.stream()
        .map(LoadResult::host)
        .filter(host -> !host.equals(now))
        .findFirst()
        .map(host -> "the baseline is from " + name(host) + ", this from " + name(now))
        .stream()
        .toList();
  }

  private static String name(Host host) {
    return host.name()
        + " ("
        + host.processors()
        + " processors, "
        + host.system()
        + ", Java "
        + host.java()
        + ", echo "
        + host.echo()
        + ")";
  }

  private static List<Metric> metrics(String... names) {
    return Arrays.stream(names).map(Metric::parse).toList();
  }
}
