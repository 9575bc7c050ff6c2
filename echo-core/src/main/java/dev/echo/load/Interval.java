package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.time.Duration;

/**
 * What was seen in one slice of a run, by the moment an echo came back. Slices of the warm-up are
 * there, too. A slice is as long as it really was: longer than was asked for if this process was
 * stopped, and up to half as long again at the end of a run.
 *
 * @param from from the first due time, the warm-up included, to the begin of the slice
 * @param length of the slice
 * @param warmup whether it began in the warm-up
 * @param sent messages
 * @param echoed messages that came back whole and equal
 * @param wrong messages that came back wrong
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
    long echoed,
    long wrong,
    DatagramEvents datagrams,
    Distribution response,
    Distribution service,
    Duration maxPause) {

  /** Checks that what it says can be true. */
  public Interval {
    Consistency.notNegative(
        "lengthNanos sent echoed wrong maxPauseNanos",
        length.toNanos(),
        sent,
        echoed,
        wrong,
        maxPause.toNanos());
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

  /** This slice and the one after it as one. */
  Interval joined(Interval next) {
    return new Interval(
        from,
        next.from.plus(next.length).minus(from),
        warmup,
        sent + next.sent,
        echoed + next.echoed,
        wrong + next.wrong,
        datagrams.plus(next.datagrams),
        response.plus(next.response),
        service.plus(next.service),
        maxPause.compareTo(next.maxPause) > 0 ? maxPause : next.maxPause);
  }
}
