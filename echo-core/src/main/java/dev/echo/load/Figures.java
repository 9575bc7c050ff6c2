package dev.echo.load;

import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Baseline.Figure;
import dev.echo.load.Metric.Better;
import dev.echo.load.Metric.Reading;
import dev.echo.load.Quantile.Bound;
import java.util.List;
import java.util.Optional;

/** Compares one figure at a time. Where messages are missing, only what is certain decides. */
final class Figures {
  private static final double SIGNIFICANT = 0.05;
  private static final Reading NONE = new Reading(0, Bound.NOT_CARRIED);

  private final List<LoadResult> before;
  private final List<LoadResult> after;
  private final double maxRegress;
  private final Optional<String> flaw;

  Figures(List<LoadResult> before, List<LoadResult> after, double maxRegress) {
    this.before = before;
    this.after = after;
    this.maxRegress = maxRegress;
    flaw = Soundness.flaw(after);
  }

  Figure of(Metric metric) {
    if (flaw.isPresent()) {
      return undecided(metric, flaw.get());
    }
    Side old = Side.of(metric, before);
    Side now = Side.of(metric, after);
    if (!old.isCarried()) {
      return undecided(metric, "the baseline has " + shortage(metric, before));
    }
    if (!now.isCarried()) {
      return undecided(metric, shortage(metric, after));
    }
    boolean lowerIsBetter = metric.better() == Better.LOWER;
    if (!lowerIsBetter && old.least() == 0) {
      return undecided(metric, "the baseline has none, so nothing is worse");
    }
    return compared(metric, old, now, lowerIsBetter);
  }

  private Figure compared(Metric metric, Side old, Side now, boolean lowerIsBetter) {
    double worse =
        lowerIsBetter ? share(old.least(), now.least()) : -share(old.least(), now.least());
    double atBest = lowerIsBetter ? share(old.most(), now.least()) : worse;
    double atWorst = lowerIsBetter ? share(old.least(), now.most()) : worse;
    double probability = probability(old, now, lowerIsBetter);
    boolean mayBeAccident = !Double.isNaN(probability) && probability >= SIGNIFICANT;
    Outcome outcome;
    if (atWorst <= maxRegress || (mayBeAccident && !old.isBound() && !now.isBound())) {
      outcome = Outcome.HELD;
    } else if (atBest > maxRegress && !mayBeAccident) {
      outcome = Outcome.FAILED;
    } else {
      return undecided(metric, "too many messages are missing");
    }
    return new Figure(metric, old.median(), now.median(), worse, probability, outcome, "");
  }

  private static Figure undecided(Metric metric, String reason) {
    return new Figure(metric, NONE, NONE, 0, Double.NaN, Outcome.NOT_CARRIED, reason);
  }

  private static String shortage(Metric metric, List<LoadResult> runs) {
    return runs.stream()
        .filter(each -> metric.of(each).bound() == Bound.NOT_CARRIED)
        .findFirst()
        .map(metric::shortage)
        .orElse("");
  }

  /** By which share of one value another is larger; anything is infinitely larger than nothing. */
  private static double share(double was, double is) {
    return is == was ? 0 : Double.isInfinite(was) ? -1 : (is - was) / was;
  }

  private static double probability(Side old, Side now, boolean lowerIsBetter) {
    if (Math.min(old.runs(), now.runs()) < Baseline.ASSESSABLE_RUNS) {
      return Double.NaN;
    }
    return lowerIsBetter
        ? Permutations.probability(old.values(), now.values())
        : Permutations.probability(now.values(), old.values());
  }
}
