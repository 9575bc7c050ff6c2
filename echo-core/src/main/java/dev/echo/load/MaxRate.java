package dev.echo.load;

import dev.echo.load.Assessment.Check;
import dev.echo.text.ExitStatus;
import dev.echo.text.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The highest rate at which conditions hold, and how it was found.
 *
 * @param conditions that hold there
 * @param holds the answer, messages per second; 0 if there is none
 * @param fails the lowest rate above it that was tried and did not hold; infinite if all held
 * @param limit what ended the search
 * @param steps all runs, in their order
 */
public record MaxRate(
    List<Condition> conditions, double holds, double fails, Limit limit, List<Step> steps) {

  /** Keeps copies. */
  public MaxRate {
    conditions = List.copyOf(conditions);
    steps = List.copyOf(steps);
  }

  /** What ended a search. */
  public enum Limit {
    /** A rate at which the conditions do not hold: what was measured is the limit. */
    PATH,
    /** A rate that this client cannot keep: the answer is a lower bound. */
    CLIENT,
    /** The conditions hold at no rate that was tried, or not steadily. */
    NOWHERE,
    /** The runs are too small to say. */
    UNDECIDED,
    /** A peer that cannot be reached, or whose echo is wrong. */
    BROKEN,
    /** Somebody ended it. */
    INTERRUPTED
  }

  /** What a run says about its rate. */
  public enum Outcome {
    /** All conditions hold, and the rate was reached. */
    HOLDS,
    /** One does not hold, or the path did not take the rate. */
    FAILS,
    /** The client itself was too late. */
    CLIENT_BOUND,
    /** The run is too small to say. */
    UNDECIDED,
    /** The peer cannot be reached, or its echo is wrong. */
    BROKEN,
    /** Somebody ended it. */
    INTERRUPTED
  }

  /**
   * One run of the search.
   *
   * @param rate messages per second
   * @param outcome what the run says
   * @param why in one line; empty if it holds
   * @param result of the run
   */
  public record Step(double rate, Outcome outcome, String why, LoadResult result) {}

  /**
   * What the search makes of the exit status.
   *
   * @return ok with an answer, invalid if this client or the sample is too small for one, unmet if
   *     there is none, or what the peer is to blame for
   */
  public ExitStatus status() {
    return switch (limit) {
      case PATH -> ExitStatus.OK;
      case CLIENT, UNDECIDED -> ExitStatus.INVALID;
      case NOWHERE -> ExitStatus.UNMET;
      case BROKEN -> Assessment.of(steps.get(steps.size() - 1).result(), conditions).status();
      case INTERRUPTED -> ExitStatus.INTERRUPTED;
    };
  }

  /**
   * The run that stands for the search: the last one at the answer.
   *
   * @return without an answer, the last one of all
   */
  public Step shown() {
    return steps.stream()
        .filter(step -> step.rate() == holds && step.outcome() == Outcome.HOLDS)
        .reduce((first, second) -> second)
        .orElse(steps.get(steps.size() - 1));
  }

  /**
   * Adds the answer to the verdict on {@link #shown()}.
   *
   * @param assessment of that run
   * @return with a check that has the answer
   */
  public Assessment addTo(Assessment assessment) {
    Assessment.Outcome outcome =
        switch (limit) {
          case PATH -> Assessment.Outcome.HELD;
          case NOWHERE, BROKEN -> Assessment.Outcome.FAILED;
          case UNDECIDED, INTERRUPTED -> Assessment.Outcome.NOT_CARRIED;
          case CLIENT -> holds > 0 ? Assessment.Outcome.HELD : Assessment.Outcome.NOT_CARRIED;
        };
    List<Check> checks = new ArrayList<>(assessment.checks());
    checks.add(new Check("highest rate", String.join("; ", lines()), outcome));
    List<String> reasons = new ArrayList<>(assessment.reasons());
    if (limit == Limit.CLIENT) {
      reasons.add("the highest rate is a lower bound: this client is the limit");
    } else if (limit == Limit.NOWHERE || limit == Limit.UNDECIDED) {
      reasons.add(lines().get(0));
    }
    return new Assessment(
        assessment.status().and(status()), reasons, checks, assessment.warnings());
  }

  /**
   * The answer for people.
   *
   * @return in one line or two
   */
  public List<String> lines() {
    String asked = String.join(",", conditions.stream().map(Condition::text).toList());
    String fewest =
        Double.isInfinite(fails)
            ? ""
            : "fails at "
                + Rates.format(fails)
                + whyAt(fails).map(why -> why.isEmpty() ? "" : ": " + why).orElse("");
    String confirmed = " (" + RateSearch.CONFIRMATIONS + " of " + RateSearch.CONFIRMATIONS;
    String answer =
        switch (limit) {
          case PATH -> asked + " holds at " + Rates.format(holds) + confirmed + " runs)";
          case CLIENT ->
              holds > 0
                  ? asked + " holds at least at " + Rates.format(holds) + confirmed + " runs)"
                  : asked + ": this client is too slow to say";
          case NOWHERE -> asked + " holds nowhere";
          case UNDECIDED -> asked + " cannot be decided by runs this short (-d)";
          case BROKEN -> "ended: " + steps.get(steps.size() - 1).why();
          case INTERRUPTED ->
              holds > 0
                  ? "interrupted; " + asked + " held at " + Rates.format(holds) + ", unconfirmed"
                  : "interrupted";
        };
    return fewest.isEmpty() ? List.of(answer) : List.of(answer, fewest);
  }

  private Optional<String> whyAt(double rate) {
    return steps.stream()
        .filter(step -> step.rate() == rate && step.outcome() != Outcome.HOLDS)
        .map(Step::why)
        .findFirst();
  }
}
