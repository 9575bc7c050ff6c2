package dev.echo.load;

import java.time.Duration;

/**
 * What left and what came back in one stretch of time, which is as long as {@link
 * LoadResult#measured()}: what rates are made of. What came back after it does not count, whenever
 * it was sent.
 *
 * <p>In open loop the messages are those of the measured time. The stretch for what comes back
 * begins and ends later than the one for what is sent, by the shortest response time of the run,
 * and an echo that is late by up to a hundredth of the measured time still counts. In closed loop
 * it is whatever came back while the measured time ran.
 *
 * @param sent messages
 * @param echoed messages that came back whole and equal
 * @param payloadBytes of the echoed ones
 * @param wireBytes of the echoed ones, headers and stamps included
 */
public record Throughput(long sent, long echoed, long payloadBytes, long wireBytes) {
  /**
   * The shortest time that makes a rate. A schedule is kept, and an echo seen, to a millisecond on
   * a machine that has other things to do, so the ends of a shorter time say more than what is in
   * it.
   */
  public static final Duration SHORTEST = Duration.ofMillis(10);

  /** Nothing. */
  public static final Throughput ZERO = new Throughput(0, 0, 0, 0);

  /** Checks that it can be. */
  public Throughput {
    Consistency.notNegative(
        "sentInTime echoedInTime payloadBytesInTime wireBytesInTime",
        sent,
        echoed,
        payloadBytes,
        wireBytes);
    Consistency.atMost("payloadBytesInTime", payloadBytes, "wireBytesInTime", wireBytes);
  }

  /**
   * Adds two, as those of two machines.
   *
   * @param other is added
   * @return the sums
   */
  public Throughput plus(Throughput other) {
    return new Throughput(
        sent + other.sent,
        echoed + other.echoed,
        payloadBytes + other.payloadBytes,
        wireBytes + other.wireBytes);
  }
}
