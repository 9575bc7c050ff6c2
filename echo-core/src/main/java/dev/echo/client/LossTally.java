package dev.echo.client;

import java.util.Optional;

/**
 * Works out in which direction datagrams of one source were lost. An aware peer numbers those that
 * it answers: a number that never came was lost on the way back, however the path reorders. For one
 * thread.
 */
public final class LossTally {
  private static final long NO_ANSWER = -1;

  private long base = NO_ANSWER;
  private long highestCount;
  private long countsSeen;
  private long highestAnswered = NO_ANSWER;

  /** Begins with the first datagram of a socket. */
  public LossTally() {}

  /**
   * Begins anew while a socket goes on: what was sent before is none of it, and from here on
   * sequences count from 0 again.
   *
   * @return an empty tally
   */
  public LossTally anew() {
    LossTally next = new LossTally();
    next.base = base == NO_ANSWER ? NO_ANSWER : highestCount;
    next.highestCount = highestCount;
    return next;
  }

  /**
   * An answer came to a datagram of before.
   *
   * @param count in its stamp, which its datagram had not had before
   */
  public void answeredBefore(long count) {
    if (base != NO_ANSWER && count > base) {
      highestCount = Math.max(highestCount, count);
      countsSeen++;
    }
  }

  /**
   * An answer came with a count that its datagram had not had before.
   *
   * @param sequence of the datagram, from 0
   * @param count in its stamp
   */
  public void answered(long sequence, long count) {
    if (base == NO_ANSWER) {
      // A peer may have counted for another client that had this port before.
      base = Math.max(0, count - (sequence + 1));
    }
    highestCount = Math.max(highestCount, count);
    highestAnswered = Math.max(highestAnswered, sequence);
    countsSeen++;
  }

  /**
   * Tells where those without an answer were lost.
   *
   * @param sent how many were sent
   * @param unanswered how many of them were not answered
   * @return empty if no aware peer answered
   */
  public Optional<LossDirections> directions(long sent, long unanswered) {
    if (highestAnswered == NO_ANSWER) {
      return Optional.empty();
    }
    long unknown = Math.min(unanswered, sent - 1 - highestAnswered);
    long back = Math.max(0, Math.min(unanswered - unknown, highestCount - base - countsSeen));
    return Optional.of(new LossDirections(unanswered - unknown - back, back, unknown));
  }
}
