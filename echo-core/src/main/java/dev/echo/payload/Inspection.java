package dev.echo.payload;

import java.util.List;

/**
 * What an {@link Inspector} found in bytes that are not what was expected.
 *
 * @param state whether the connection can be followed on
 * @param consumedBytes of the window that are explained; what follows them is the beginning of
 *     message {@code nextSequence}
 * @param nextSequence the message that is expected next
 * @param wrong the messages that came back wrong, with their verdicts; those from the expected one
 *     up to {@code nextSequence} that are not among them came back whole
 */
public record Inspection(State state, int consumedBytes, long nextSequence, List<WrongEcho> wrong) {

  /** How to go on. */
  public enum State {
    /** More bytes are needed to be certain; ask again when they are there or will not come. */
    NEEDS_MORE,
    /** What follows is known. */
    FOLLOWED,
    /** Nobody can say what follows: end the connection. */
    LOST
  }
}
