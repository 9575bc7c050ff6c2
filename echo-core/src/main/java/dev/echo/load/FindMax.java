package dev.echo.load;

import dev.echo.load.Assessment.Check;
import dev.echo.load.MaxRate.Limit;
import dev.echo.load.MaxRate.Outcome;
import dev.echo.load.MaxRate.Step;
import dev.echo.text.ExitStatus;
import dev.echo.text.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.DoubleFunction;

/**
 * Finds the highest rate at which conditions hold: by doubling, then by halving the gap to 5%, then
 * by three more runs at the answer. Each step is a run of its own.
 */
public final class FindMax {
  /** The least that a step measures, the warm-up not counted. */
  public static final Duration MIN_STEP = Duration.ofSeconds(10);

  private static final double FIRST = 1000;

  /** As much of what comes back has to come while the rate is kept. */
  private static final double RETURNED_SHARE = 0.99;

  private final List<Condition> conditions;
  private final DoubleFunction<? extends CompletionStage<LoadResult>> runner;
  private final Consumer<Step> observer;
  private final RateSearch search = new RateSearch(FIRST);
  private final List<Step> steps = new ArrayList<>();

  private FindMax(
      List<Condition> conditions,
      DoubleFunction<? extends CompletionStage<LoadResult>> runner,
      Consumer<Step> observer) {
    this.conditions = List.copyOf(conditions);
    this.runner = runner;
    this.observer = observer;
  }

  /**
   * Searches. An interrupted run ends the search, and so does a wrong echo.
   *
   * @param conditions that have to hold, at least one
   * @param runner starts a run at a rate, messages per second; called when the last one has ended
   * @param observer sees each run when it has ended
   * @return the answer
   */
  public static CompletionStage<MaxRate> start(
      List<Condition> conditions,
      DoubleFunction<? extends CompletionStage<LoadResult>> runner,
      Consumer<Step> observer) {
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("conditions: none (expected: at least one, as p99<5ms)");
    }
    return new FindMax(conditions, runner, observer).step();
  }

  private CompletionStage<MaxRate> step() {
    OptionalDouble rate = search.next();
    return rate.isEmpty()
        ? CompletableFuture.completedStage(answer(limit()))
        : run(rate.getAsDouble());
  }

  private CompletionStage<MaxRate> run(double rate) {
    return runner.apply(rate).thenCompose(result -> judged(rate, result));
  }

  private CompletionStage<MaxRate> judged(double rate, LoadResult result) {
    Step step = judge(rate, result);
    boolean isSecond = !steps.isEmpty() && isClientBound(steps.get(steps.size() - 1), rate);
    steps.add(step);
    observer.accept(step);
    switch (step.outcome()) {
      case HOLDS -> search.holds();
      case FAILS -> search.fails();
      case CLIENT_BOUND -> {
        // Somebody else may have kept this machine busy for a moment.
        if (!isSecond) {
          return run(rate);
        }
        search.fails();
      }
      case UNDECIDED -> search.undecided();
      case BROKEN -> {
        return CompletableFuture.completedStage(answer(Limit.BROKEN));
      }
      case INTERRUPTED -> {
        return CompletableFuture.completedStage(answer(Limit.INTERRUPTED));
      }
    }
    return step();
  }

  private static boolean isClientBound(Step step, double rate) {
    return step.outcome() == Outcome.CLIENT_BOUND && step.rate() == rate;
  }

  private Step judge(double rate, LoadResult result) {
    Assessment assessment = Assessment.of(result, conditions);
    String reason = assessment.reasons().isEmpty() ? "" : assessment.reasons().get(0);
    OwnLag lag = OwnLag.of(result);
    Optional<Shortfall> shortfall = Shortfall.of(result);
    if (isBroken(assessment)) {
      return new Step(rate, Outcome.BROKEN, reason, result);
    }
    if (result.ending() == Ending.INTERRUPTED) {
      return new Step(rate, Outcome.INTERRUPTED, "", result);
    }
    boolean isDecided = hasFailed(assessment) || assessment.status() == ExitStatus.OK;
    if (lag.spoils() && !isDecided) {
      return new Step(rate, Outcome.CLIENT_BOUND, lag.sentence(), result);
    }
    if (!result.carriesRate() && !hasFailed(assessment)) {
      return new Step(rate, Outcome.UNDECIDED, SelfWarnings.tooShort(result), result);
    }
    if (shortfall.isPresent()) {
      Outcome outcome = shortfall.get().isOwn() ? Outcome.CLIENT_BOUND : Outcome.FAILS;
      return new Step(rate, outcome, shortfall.get().sentence(), result);
    }
    return switch (assessment.status()) {
      case OK -> returned(rate, result);
      case INVALID ->
          new Step(rate, hasFailed(assessment) ? Outcome.FAILS : Outcome.UNDECIDED, reason, result);
      default -> new Step(rate, Outcome.FAILS, reason, result);
    };
  }

  /** A path that takes a rate in, and gives it back later, does not hold it. */
  private static Step returned(double rate, LoadResult result) {
    double sooner = RETURNED_SHARE * result.counts().echoed();
    double inTime = result.rate() * result.measured().toNanos() / 1e9;
    return inTime < sooner
        ? new Step(
            rate,
            Outcome.FAILS,
            "came back at " + Rates.format(result.rate()) + " of " + Rates.format(rate),
            result)
        : new Step(rate, Outcome.HOLDS, "", result);
  }

  /** A condition that certainly fails decides, whatever another one cannot say. */
  private static boolean hasFailed(Assessment assessment) {
    return assessment.checks().stream()
        .map(Check::outcome)
        .anyMatch(Assessment.Outcome.FAILED::equals);
  }

  /** Connections that fail under a load that others held are no reason to stop. */
  private boolean isBroken(Assessment assessment) {
    return switch (assessment.status()) {
      case WRONG -> true;
      case UNREACHABLE -> steps.stream().noneMatch(step -> step.outcome() == Outcome.HOLDS);
      default -> false;
    };
  }

  private Limit limit() {
    if (search.isConfirmed()) {
      return outcomeAt(lowestFailing()) == Outcome.FAILS ? Limit.PATH : Limit.CLIENT;
    }
    return steps.stream().anyMatch(step -> step.outcome() == Outcome.UNDECIDED)
        ? Limit.UNDECIDED
        : outcomeAt(lowestFailing()) == Outcome.CLIENT_BOUND ? Limit.CLIENT : Limit.NOWHERE;
  }

  private MaxRate answer(Limit limit) {
    double holds = search.isConfirmed() ? search.answer() : 0;
    if (limit == Limit.INTERRUPTED) {
      holds =
          steps.stream()
              .filter(step -> step.outcome() == Outcome.HOLDS && step.rate() <= search.answer())
              .mapToDouble(Step::rate)
              .max()
              .orElse(0);
    }
    return new MaxRate(conditions, holds, lowestFailing(), limit, steps);
  }

  /** A rate that held at a second try does not fail. */
  private double lowestFailing() {
    return steps.stream()
        .filter(step -> isFailing(step.outcome()) && step.rate() > search.answer())
        .mapToDouble(Step::rate)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private Outcome outcomeAt(double rate) {
    return steps.stream()
        .filter(step -> step.rate() == rate && isFailing(step.outcome()))
        .reduce((first, second) -> second)
        .map(Step::outcome)
        .orElse(Outcome.CLIENT_BOUND);
  }

  private static boolean isFailing(Outcome outcome) {
    return outcome == Outcome.FAILS || outcome == Outcome.CLIENT_BOUND;
  }
}
