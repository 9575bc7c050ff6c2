package dev.echo.load;

import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What a result comes to: the verdict, and why.
 *
 * @param status the verdict, as an exit status
 * @param reasons why the status is what it is, one line each; empty if it is {@link ExitStatus#OK}
 * @param checks each condition that was asked for, with what was measured
 * @param warnings what the report says about itself, as a rate that was not reached, one line each
 */
public record Assessment(
    ExitStatus status, List<String> reasons, List<Check> checks, List<String> warnings) {

  /** Keeps copies. */
  public Assessment {
    reasons = List.copyOf(reasons);
    checks = List.copyOf(checks);
    warnings = List.copyOf(warnings);
  }

  /**
   * Judges a run.
   *
   * @param result of the run
   * @param conditions that it has to meet, perhaps none
   * @return the status is one of ok, unreachable, wrong, incomplete, invalid and unmet
   */
  public static Assessment of(LoadResult result, List<Condition> conditions) {
    return Assessor.assess(result, conditions);
  }

  /**
   * Adds a reason from outside the run.
   *
   * @param other what it makes of the status
   * @param reason one line
   * @return the verdict with both
   */
  public Assessment and(ExitStatus other, String reason) {
    List<String> all = new ArrayList<>(reasons);
    all.add(reason);
    return new Assessment(status.and(other), all, checks, warnings);
  }

  /**
   * One condition.
   *
   * @param condition as it was asked for: {@code p99<5ms}
   * @param measured what was measured, with its unit: {@code 6.2 ms}
   * @param outcome whether it holds
   */
  public record Check(String condition, String measured, Outcome outcome) {}

  /** What became of a condition. */
  public enum Outcome {
    /** It holds. */
    HELD,
    /** It does not hold. */
    FAILED,
    /** The run cannot say: the sample is too small, or something else than the path decides. */
    NOT_CARRIED
  }
}
