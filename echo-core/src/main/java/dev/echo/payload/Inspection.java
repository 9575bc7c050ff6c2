package dev.echo.payload;

import java.util.List;

/**
 * What an {@link Inspector} found in bytes that are not what was expected.
 *
 * @param state whether the connection can be followed on
 * @param bytes if more are needed: the size of the window from which on there may be something new
 *     to say; otherwise how many bytes of the window are explained
 * @param nextSequence the message that begins behind the explained bytes
 * @param wrong the messages that came back wrong, in the order of their sequence; those from the
 *     expected one up to {@code nextSequence} that are not among them came back whole
 */
record Inspection(State state, int bytes, long nextSequence, List<WrongEcho> wrong) {

  /** How to go on. */
  enum State {
    /** More bytes are needed to be certain; ask again when they are there or will not come. */
    NEEDS_MORE,
    /** What follows is known. */
    FOLLOWED,
    /** Nobody can say what follows: end the connection. */
    LOST
  }

  static Inspection needsMore(int wantedBytes) {
    return new Inspection(State.NEEDS_MORE, wantedBytes, -1, List.of());
  }

  static Inspection followed(int explainedBytes, long nextSequence, List<WrongEcho> wrong) {
    return new Inspection(State.FOLLOWED, explainedBytes, nextSequence, wrong);
  }

  static Inspection followed(int explainedBytes, long nextSequence, WrongEcho wrong) {
    return followed(explainedBytes, nextSequence, List.of(wrong));
  }

  /** One message is told as wrong, and nobody knows about those behind it. */
  static Inspection lost(Evidence evidence, WrongEcho wrong) {
    long next = Math.max(evidence.expected(), Math.min(wrong.sequence() + 1, evidence.sent()));
    return new Inspection(State.LOST, evidence.bytes(), next, List.of(wrong));
  }
}
