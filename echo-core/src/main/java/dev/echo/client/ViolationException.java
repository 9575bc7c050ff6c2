package dev.echo.client;

import dev.echo.websocket.WebSocketException;
import dev.echo.websocket.WebSocketException.Kind;

/**
 * The peer broke the rules of the protocol that carries the echo, or of an answer that it gave to a
 * question; the connection was ended.
 */
@SuppressWarnings("serial") // not meant to leave the process
public final class ViolationException extends EchoException {
  private final String violation;

  ViolationException(Throwable cause, Counts counts) {
    super(cause.getMessage() + ": " + counts, counts, cause);
    violation = String.valueOf(cause.getMessage());
  }

  ViolationException(String violation, Counts counts) {
    super(violation + ": " + counts, counts, null);
    this.violation = violation;
  }

  /** Whether a failure of a channel is that the peer broke the rules. */
  static boolean isViolation(Throwable cause) {
    return cause instanceof WebSocketException broken && broken.kind() == Kind.VIOLATION;
  }

  /**
   * What the peer did.
   *
   * @return a sentence that is safe to print
   */
  public String violation() {
    return violation;
  }
}
