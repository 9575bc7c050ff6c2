package dev.echo.client;

import java.util.Optional;

/**
 * Works out in which direction datagrams of one source were lost. An aware peer numbers those that
 * it answers: a number that never came was lost on the way back, however the path reorders. Event
 * loop only.
 */
final class LossTally {
  private static final long NO_ANSWER = -1;

  private long base = NO_ANSWER;
  private long highestCount;
  private long countsSeen;
  private long highestAnswered = NO_ANSWER;

  /**
   * An answer came with a count that its datagram had not had before.
   *
   * @param sequence of the datagram, from 0
   * @param count in its stamp
   */
  void answered(long sequence, long count) {
    if (base == NO_ANSWER) {
      // A peer may have counted for another client that had this port before.
      base = Math.max(0, count - (sequence + 1));
    }
    highestCount = Math.max(highestCount, count);
    highestAnswered = Math.max(highestAnswered, sequence);
    countsSeen++;
  }

  /** Tells where those without an answer were lost. */
  Optional<LossDirections> directions(long sent, long unanswered) {
    if (base == NO_ANSWER) {
      return Optional.empty();
    }
    long unknown = Math.min(unanswered, sent - 1 - highestAnswered);
    long back = Math.max(0, Math.min(unanswered - unknown, highestCount - base - countsSeen));
    return Optional.of(new LossDirections(unanswered - unknown - back, back, unknown));
  }
}
