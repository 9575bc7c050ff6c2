package dev.echo.load;

import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Metric.Reading;
import dev.echo.load.Quantile.Bound;
import dev.echo.text.EscapedText;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody expects of a run, as {@code p99<5ms}.
 *
 * @param text as it was written
 * @param metric the figure
 * @param relation of the figure to the limit
 * @param limit in the unit of the metric: nanoseconds, a count, per second
 */
public record Condition(String text, Metric metric, Relation relation, double limit) {
  private static final int MAX_SHOWN = 60;
  private static final Pattern CONDITION = Pattern.compile("([^<>=]+)(<=|>=|<|>|=)([^<>=]+)");

  /** How a figure and a limit are compared. */
  public enum Relation {
    /** Less than the limit. */
    LESS("<"),
    /** The limit at most. */
    AT_MOST("<="),
    /** More than the limit. */
    MORE(">"),
    /** The limit at least. */
    AT_LEAST(">="),
    /** Exactly the limit; for counts. */
    EQUAL("=");

    private final String sign;

    Relation(String sign) {
      this.sign = sign;
    }

    boolean holds(double value, double limit) {
      return switch (this) {
        case LESS -> value < limit;
        case AT_MOST -> value <= limit;
        case MORE -> value > limit;
        case AT_LEAST -> value >= limit;
        case EQUAL -> value == limit;
      };
    }

    /** Whether every value between two given ones compares alike. */
    boolean isSame(double from, double to, double limit) {
      return this == EQUAL
          ? from == to || limit < from || limit > to
          : holds(from, limit) == holds(to, limit);
    }

    /** The sign. */
    @Override
    public String toString() {
      return sign;
    }
  }

  /**
   * Reads conditions.
   *
   * @param text one, or several with commas between them: {@code p99<5ms,missing=0,rate>=10k}
   * @return at least one, in their order
   * @throws IllegalArgumentException if one cannot be understood; the message names it, and what is
   *     allowed
   */
  public static List<Condition> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(Condition::parse).toList();
  }

  /**
   * Reads a condition.
   *
   * @param text a metric, one of {@code < <= > >= =}, and a limit
   * @return the condition
   * @throws IllegalArgumentException if it cannot be understood
   */
  public static Condition parse(String text) {
    String shown = "'" + EscapedText.of(text.strip(), MAX_SHOWN) + "'";
    Matcher matcher = CONDITION.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          shown
              + " is no condition (expected: such as p99<5ms, missing=0, rate>=10k, with commas"
              + " between them)");
    }
    String name = matcher.group(1).strip();
    String given = matcher.group(3).strip();
    boolean isShare = given.endsWith(ShareMetric.SIGN) && !name.endsWith(ShareMetric.SIGN);
    Metric metric = Metric.parse(isShare ? name + ShareMetric.SIGN : name);
    Relation relation =
        Arrays.stream(Relation.values())
            .filter(each -> each.sign.equals(matcher.group(2)))
            .findFirst()
            .orElseThrow();
    if (relation == Relation.EQUAL
        && (!(metric instanceof CountMetric) || metric == CountMetric.RATE)) {
      throw new IllegalArgumentException(
          shown + ": no measured value is exactly that (expected: < <= > >=)");
    }
    try {
      double limit = metric.parseLimit(given);
      return new Condition(text.strip(), metric, relation, limit);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(shown + ": " + e.getMessage(), e);
    }
  }

  /**
   * Looks whether it holds. Where messages are missing, it is decided only if every longer time
   * would decide it alike.
   *
   * @param result of the run
   * @return what was measured, and the outcome
   */
  public Check check(LoadResult result) {
    Reading reading = metric.of(result);
    String value = metric.format(reading.value()) + metric.remark(result);
    return switch (reading.bound()) {
      case EXACT ->
          new Check(
              text, value, relation.holds(reading.value(), limit) ? Outcome.HELD : Outcome.FAILED);
      case AT_LEAST -> new Check(text, ">= " + value, ofBound(reading.value()));
      case NOT_CARRIED -> ofFloor(result);
    };
  }

  /** What few messages cannot show they can still rule out. */
  private Check ofFloor(LoadResult result) {
    Reading floor = metric.floor(result);
    Outcome outcome =
        floor.bound() == Bound.NOT_CARRIED ? Outcome.NOT_CARRIED : ofBound(floor.value());
    return outcome == Outcome.NOT_CARRIED
        ? new Check(text, metric.shortage(result), outcome)
        : new Check(text, ">= " + metric.format(floor.value()), outcome);
  }

  private Outcome ofBound(double value) {
    if (!relation.isSame(value, Double.MAX_VALUE, limit)) {
      return Outcome.NOT_CARRIED;
    }
    return relation.holds(value, limit) ? Outcome.HELD : Outcome.FAILED;
  }

  /**
   * Says whether a client that was itself late may be what decided.
   *
   * @param result of the run
   * @param lagNanos how late it was at most
   * @return false if the path alone comes to the same
   */
  boolean turnsWith(LoadResult result, long lagNanos) {
    Reading reading = metric.of(result);
    double value = (reading.bound() == Bound.NOT_CARRIED ? metric.floor(result) : reading).value();
    return switch (metric.drift(result)) {
      case NONE -> false;
      case UP ->
          !relation.isSame(metric instanceof TimeMetric ? value - lagNanos : 0, value, limit);
      case DOWN -> !relation.isSame(value, Double.MAX_VALUE, limit);
    };
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
