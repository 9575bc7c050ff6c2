package dev.echo.load;

/**
 * The stretch of time whose echoes make the rate of one event loop. In open loop an echo of the
 * last messages comes a response time after its message was due, so the stretch ends by the
 * shortest response time later than the schedule, and a little after that: a peer that keeps up is
 * not blamed for the messages that were due last. Nothing else that comes after the schedule
 * counts, or a path that carries a fifth of the rate would reach all of it in the end. It is not
 * the shortest service time: behind what the warm-up left to be sent, the first measured message
 * leaves late, and what a path returns in the stretch from its echo on is what it carries.
 */
final class RateWindow {
  /** An echo may be late by this share of the measured time. */
  private static final int SLACK = 100;

  private final Timing timing;
  private long endNanos;
  private long leastResponseNanos = Long.MAX_VALUE;
  private long lastEchoNanos;

  RateWindow(Timing timing) {
    this.timing = timing;
    endNanos = timing.endNanos();
    lastEchoNanos = timing.firstMeasuredNanos();
  }

  /** The run ends earlier than it should. */
  void end(long nanos) {
    endNanos = Math.min(endNanos, nanos);
  }

  /** When the last echo came; at least when the measured time began. */
  long lastEchoNanos() {
    return lastEchoNanos;
  }

  boolean holdsSent(long sentNanos) {
    return sentNanos - endNanos <= 0;
  }

  /** Says whether the echo of a message of the measured time counts. */
  boolean holdsResponse(long receivedNanos, long responseNanos) {
    leastResponseNanos = Math.min(leastResponseNanos, responseNanos);
    long slackNanos = Math.max(0, endNanos - timing.firstMeasuredNanos()) / SLACK;
    return receivedNanos - endNanos <= leastResponseNanos + slackNanos;
  }

  /** Says whether an echo counts in closed loop. */
  boolean holdsEcho(long receivedNanos) {
    boolean holds =
        receivedNanos - timing.firstMeasuredNanos() >= 0 && receivedNanos - endNanos <= 0;
    if (holds) {
      lastEchoNanos = receivedNanos;
    }
    return holds;
  }
}
