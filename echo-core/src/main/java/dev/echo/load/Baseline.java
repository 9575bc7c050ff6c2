package dev.echo.load;

import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Metric.Better;
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

  private static final double SIGNIFICANT = 0.05;
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
   * @param worse by which share of {@code before} it got worse, as 0.1; negative if it got better
   * @param probability that a change like this one is an accident; NaN if there are too few runs
   * @param outcome failed if it got worse by more than the limit, and, where that can be said, not
   *     by accident
   */
  public record Figure(
      Metric metric,
      double before,
      double after,
      double worse,
      double probability,
      Outcome outcome) {

    /** In one line: {@code 1.2 ms, was 1.1 ms: 9.0% worse, p=0.200}. */
    @Override
    public String toString() {
      if (outcome == Outcome.NOT_CARRIED) {
        return "the samples cannot carry it";
      }
      String change =
          worse == 0
              ? "the same"
              : String.format(
                  Locale.ROOT, "%.1f%% %s", Math.abs(worse) * 100, worse > 0 ? "worse" : "better");
      String sure =
          Double.isNaN(probability)
              ? "not assessable with fewer than " + ASSESSABLE_RUNS + " runs on each side"
              : String.format(Locale.ROOT, "p=%.3f", probability);
      return metric.format(after) + ", was " + metric.format(before) + ": " + change + ", " + sure;
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
    List<Figure> figures =
        metrics.stream().map(metric -> figure(metric, before, after, maxRegress)).toList();
    return new Baseline(figures, maxRegress, warnings(before, after));
  }

  /**
   * Refuses runs that cannot be compared, before anything is measured.
   *
   * @param before the earlier runs
   * @param plan of the later ones
   * @throws IllegalArgumentException if there are none, or a plan differs in more than the seed
   */
  public static void checkFor(List<LoadResult> before, LoadPlan plan) {
    if (before.isEmpty()) {
      throw new IllegalArgumentException("baseline: no runs (expected: at least one)");
    }
    for (LoadResult result : before) {
      List<PlanDifference> differences = PlanDifference.between(result.plan(), plan);
      if (!differences.isEmpty()) {
        throw new IllegalArgumentException(
            "baseline: measured on "
                + result.host().name()
                + " with other settings: "
                + differences.stream()
                    .map(PlanDifference::toString)
                    .collect(Collectors.joining("; ")));
      }
    }
  }

  /**
   * What it makes of the exit status.
   *
   * @return unmet if a figure regressed, else ok
   */
  public ExitStatus status() {
    return figures.stream().anyMatch(figure -> figure.outcome() == Outcome.FAILED)
        ? ExitStatus.UNMET
        : ExitStatus.OK;
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

  private static Figure figure(
      Metric metric, List<LoadResult> before, List<LoadResult> after, double maxRegress) {
    double[] old = values(metric, before);
    double[] now = values(metric, after);
    if (old.length < before.size() || now.length < after.size()) {
      return new Figure(metric, 0, 0, 0, Double.NaN, Outcome.NOT_CARRIED);
    }
    boolean lowerIsBetter = metric.better() == Better.LOWER;
    double was = median(old);
    double is = median(now);
    double worse = worse(was, is, lowerIsBetter);
    double probability = Double.NaN;
    if (Math.min(old.length, now.length) >= ASSESSABLE_RUNS) {
      probability =
          lowerIsBetter ? Permutations.probability(old, now) : Permutations.probability(now, old);
    }
    boolean byAccident = !Double.isNaN(probability) && probability >= SIGNIFICANT;
    boolean regressed = worse > maxRegress && !byAccident;
    return new Figure(
        metric, was, is, worse, probability, regressed ? Outcome.FAILED : Outcome.HELD);
  }

  private static double worse(double was, double is, boolean lowerIsBetter) {
    double difference = lowerIsBetter ? is - was : was - is;
    return difference == 0 ? 0 : difference / was;
  }

  private static double[] values(Metric metric, List<LoadResult> results) {
    return results.stream()
        .map(metric::of)
        .filter(reading -> reading.bound() != Bound.NOT_CARRIED)
        .mapToDouble(Reading::value)
        .toArray();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
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
