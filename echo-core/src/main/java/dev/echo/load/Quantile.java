package dev.echo.load;

import dev.echo.metrics.Distribution;

/**
 * A percentile and how far it is to be believed.
 *
 * @param percent 0 to 100; 100 is the maximum
 * @param nanos the value; 0 if there is none
 * @param bound what the value is
 */
public record Quantile(double percent, long nanos, Bound bound) {
  /** What a value says. */
  public enum Bound {
    /** The value, in the three digits that are kept. */
    EXACT,
    /** Messages are missing, so the true value is this or more. */
    AT_LEAST,
    /** Fewer than ten times lie at or beyond the percentile: no number should be shown. */
    NOT_CARRIED
  }

  /**
   * Ranks what never came among what did.
   *
   * @param times of messages that came
   * @param missingAges of messages that did not: lower bounds
   * @param percent 0 to 100
   * @return the percentile
   */
  static Quantile of(Distribution times, Distribution missingAges, double percent) {
    Distribution all = times.plus(missingAges);
    if (all.isEmpty() || (percent < 100 && percent > 0 && !all.carries(percent))) {
      return new Quantile(percent, 0, Bound.NOT_CARRIED);
    }
    long nanos = percent >= 100 ? all.maxNanos() : all.percentileNanos(percent);
    boolean isBound = !missingAges.isEmpty() && missingAges.minNanos() <= nanos;
    return new Quantile(percent, nanos, isBound ? Bound.AT_LEAST : Bound.EXACT);
  }
}
