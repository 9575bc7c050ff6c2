package dev.echo.client;

import dev.echo.websocket.WebSocketException;

/** The peer broke the rules of the protocol that carries the echo; the connection was ended. */
@SuppressWarnings("serial") // not meant to leave the process
public final class ViolationException extends EchoException {
  private final String violation;

  ViolationException(WebSocketException cause, Counts counts) {
    super(cause.getMessage() + ": " + counts, counts, cause);
    violation = String.valueOf(cause.getMessage());
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
