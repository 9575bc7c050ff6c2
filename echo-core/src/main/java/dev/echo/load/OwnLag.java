package dev.echo.load;

import dev.echo.metrics.Distribution;
import dev.echo.text.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * How late the client was through its own fault, and whether that spoils what it measured. It is
 * judged at the highest of the 99th, 90th and 50th percentile that the sample carries.
 *
 * @param percent which percentile; 0 if the sample carries none
 * @param lagNanos how late messages were that nothing held back
 * @param responseNanos the response time at the same percentile
 * @param unsent messages that were due and never sent, although nothing held them back
 * @param due messages
 */
record OwnLag(double percent, long lagNanos, long responseNanos, long unsent, long due) {
  private static final double[] PERCENTILES = {99, 90, 50};

  /** Below it, a schedule is kept as well as a busy machine can. */
  static final long LATE_NANOS = Duration.ofMillis(1).toNanos();

  /** Below it, nobody takes the lag for a response time. */
  private static final double LATE_SHARE = 0.1;

  private static final long REMARKABLE_NANOS = Duration.ofNanos(100_000).toNanos();
  private static final double REMARKABLE_SHARE = 0.5;
  private static final double UNSENT_SHARE = 0.01;

  static OwnLag of(LoadResult result) {
    LoadCounts counts = result.counts();
    long held = counts.heldByCap() + counts.heldBySocket() + counts.heldByConnection();
    long unsent = Math.max(counts.unsent(), counts.due() - counts.sent() - held);
    Distribution lag = result.time(Measure.OWN_LAG);
    for (double percent : PERCENTILES) {
      if (lag.carries(percent)) {
        long response = result.quantile(Measure.RESPONSE, percent).nanos();
        return new OwnLag(percent, lag.percentileNanos(percent), response, unsent, counts.due());
      }
    }
    return new OwnLag(0, 0, 0, unsent, counts.due());
  }

  /** The times are those of the client, not of the path. */
  boolean spoils() {
    return isUnsent() || (lagNanos > LATE_NANOS && lagNanos > LATE_SHARE * responseNanos);
  }

  /** Worth a warning. */
  boolean isRemarkable() {
    return lagNanos > LATE_NANOS
        || (lagNanos > REMARKABLE_NANOS && lagNanos > REMARKABLE_SHARE * responseNanos);
  }

  /** The load was not the one that was asked for. */
  boolean isUnsent() {
    return unsent > UNSENT_SHARE * due;
  }

  String sentence() {
    return isUnsent()
        ? String.format(
            Locale.ROOT,
            "%,d of %,d messages were not sent, and nothing but this client held them back",
            unsent,
            due)
        : String.format(
            Locale.ROOT,
            "this client itself sent late: p%.0f of its own lag is %s, beside a response time of"
                + " %s",
            percent,
            Durations.format(lagNanos),
            Durations.format(responseNanos));
  }
}
