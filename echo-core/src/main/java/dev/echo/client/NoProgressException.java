package dev.echo.client;

import dev.echo.duplex.ConnectionEnd;
import java.time.Duration;

/** Echoes are outstanding, and no byte moved in either direction for as long as was allowed. */
@SuppressWarnings("serial") // not meant to leave the process
public final class NoProgressException extends EchoException {
  private final Duration timeout;

  NoProgressException(Duration timeout, ConnectionEnd end, Counts counts) {
    super(end.sentence() + " (messages: " + counts + ")", counts, null);
    this.timeout = timeout;
    ended(end);
  }

  /**
   * How long nothing moved.
   *
   * @return the timeout of the configuration
   */
  public Duration timeout() {
    return timeout;
  }
}
