package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.time.Duration;

/**
 * What was seen in one slice of a run, by the moment it was seen. A slice of the warm-up holds
 * messages of the warm-up, a measured one those of the measured time: so the measured slices sum to
 * {@link LoadResult#counts()}. What came of the warm-up after its end is in none. A slice is as
 * long as it really was: longer than was asked for if this process was stopped, and up to half as
 * long again at the end of a run.
 *
 * @param from from the first due time, the warm-up included, to the begin of the slice
 * @param length of the slice
 * @param warmup whether it is of the warm-up
 * @param sent messages
 * @param due messages whose end was seen: each is one of echoed, missing and wrong
 * @param echoed messages that came back whole and equal
 * @param missing messages that were given up, which most are at the end of the run
 * @param wrong messages that came back wrong
 * @param surplus how often something came that is the echo of no message that was to come
 * @param datagrams what happened to datagrams besides; nothing over a connection
 * @param response of the echoed ones; empty in closed loop
 * @param service of the echoed ones
 * @param maxPause the longest pause of this process and machine
 */
public record Interval(
    Duration from,
    Duration length,
    boolean warmup,
    long sent,
    long due,
    long echoed,
    long missing,
    long wrong,
    long surplus,
    DatagramEvents datagrams,
    Distribution response,
    Distribution service,
    Duration maxPause) {
  private static final Interval NOTHING =
      new Interval(
          Duration.ZERO,
          Duration.ZERO,
          false,
          0,
          0,
          0,
          0,
          0,
          0,
          DatagramEvents.NONE,
          Distribution.EMPTY,
          Distribution.EMPTY,
          Duration.ZERO);

  /** Checks that what it says can be true. */
  public Interval {
    Consistency.notNegative(
        "lengthNanos sent echoed missing wrong surplus maxPauseNanos",
        length.toNanos(),
        sent,
        echoed,
        missing,
        wrong,
        surplus,
        maxPause.toNanos());
    Consistency.same("due", due, "echoed, missing and wrong", echoed + missing + wrong);
    Consistency.same("service.count", service.count(), "echoed", echoed);
  }

  /**
   * Says whether it is long enough for a rate: half of what a run takes, since one of the shortest
   * slices that can be asked for is shorter if the one before it was cut late.
   *
   * @return false if no rate of it should be shown
   */
  public boolean carriesRate() {
    return length.compareTo(Throughput.SHORTEST.dividedBy(2)) >= 0;
  }

  /**
   * The same slice at another time.
   *
   * @param begin from the first due time to the begin of the slice
   * @return the same but for that
   */
  public Interval at(Duration begin) {
    return plus(NOTHING, begin, length);
  }

  /**
   * Adds up two of the warm-up, or two measured ones.
   *
   * @param other is added
   * @param begin of the sum
   * @param total length of the sum
   * @return the sums, and the longer pause
   */
  public Interval plus(Interval other, Duration begin, Duration total) {
    return new Interval(
        begin,
        total,
        warmup,
        sent + other.sent,
        due + other.due,
        echoed + other.echoed,
        missing + other.missing,
        wrong + other.wrong,
        surplus + other.surplus,
        datagrams.plus(other.datagrams),
        response.plus(other.response),
        service.plus(other.service),
        maxPause.compareTo(other.maxPause) >= 0 ? maxPause : other.maxPause);
  }

  /** This slice and the one after it as one. */
  Interval joined(Interval next) {
    return plus(next, from, next.from.plus(next.length).minus(from));
  }
}
