package dev.echo.load;

/**
 * A figure of a run that conditions and comparisons are about, as {@code p99}, {@code service.max},
 * {@code missing} or {@code rate}. Its {@code toString()} is what {@link #parse(String)} reads.
 */
public sealed interface Metric permits TimeMetric, CountMetric, ShareMetric {
  /** Which way is the better one. */
  enum Better {
    /** Less is better: times, and what went wrong. */
    LOWER,
    /** More is better: what came back. */
    HIGHER
  }

  /** Which way a client that is itself too late moves a figure. */
  enum Drift {
    /** It makes it larger than the path would: times. */
    UP,
    /** It makes it smaller: rates. */
    DOWN,
    /** It leaves it as it is. */
    NONE
  }

  /**
   * What a run says about a figure.
   *
   * @param value nanoseconds, a count, or per second; 0 if the sample cannot carry it
   * @param bound how far it is to be believed
   */
  record Reading(double value, Quantile.Bound bound) {}

  /**
   * Reads a name.
   *
   * @param name as {@code p50}, {@code p99.9}, {@code min}, {@code mean}, {@code max}, all of the
   *     response time; the same of another time, as {@code service.p99}; {@code missing}, {@code
   *     wrong}, {@code surplus}, {@code lost} (connections, over UDP datagrams), {@code late},
   *     {@code duplicated}, {@code reordered} (datagrams; 0 over other paths), {@code sent}, {@code
   *     rate} (echoed messages a second); {@code lost%} and the like are in percent of what was due
   * @return the metric
   * @throws IllegalArgumentException if there is none of that name
   */
  static Metric parse(String name) {
    return MetricNames.parse(name);
  }

  /**
   * What a run says about it.
   *
   * @param result of the run
   * @return the figure
   */
  Reading of(LoadResult result);

  /**
   * What it is at least, where a run cannot carry it.
   *
   * @param result of a run whose reading is {@link Quantile.Bound#NOT_CARRIED}
   * @return {@link Quantile.Bound#AT_LEAST}, or not carried either
   */
  default Reading floor(LoadResult result) {
    return new Reading(0, Quantile.Bound.NOT_CARRIED);
  }

  /**
   * Writes a value for people.
   *
   * @param value in the unit of {@link Reading#value()}
   * @return with its unit
   */
  String format(double value);

  /**
   * What a reader of the value has to know besides, so that nothing wrong is held unseen.
   *
   * @param result of the run
   * @return follows the value; mostly empty
   */
  default String remark(LoadResult result) {
    return "";
  }

  /**
   * Reads a limit.
   *
   * @param text as {@code 5ms}, {@code 0}, {@code 10k/s}
   * @return in the unit of {@link Reading#value()}
   * @throws IllegalArgumentException if it is none
   */
  double parseLimit(String text);

  /**
   * Says which way is the better one.
   *
   * @return lower for times
   */
  Better better();

  /**
   * Says which way a client that is itself too late moves it.
   *
   * @param result of the run
   * @return up for the times that its lag is a part of
   */
  default Drift drift(LoadResult result) {
    return Drift.NONE;
  }

  /**
   * Says why a run cannot carry it.
   *
   * @param result of a run whose reading is {@link Quantile.Bound#NOT_CARRIED}
   * @return in a few words: {@code only 500 values (p99 takes 1,000)}
   */
  default String shortage(LoadResult result) {
    return "no message was measured";
  }

  /**
   * Refuses a plan whose runs cannot have this figure.
   *
   * @param plan of the runs
   * @throws IllegalArgumentException as in closed loop, where there is no response time
   */
  default void checkFor(LoadPlan plan) {}
}
