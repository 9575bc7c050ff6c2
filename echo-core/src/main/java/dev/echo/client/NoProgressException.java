package dev.echo.client;

import java.time.Duration;

/** Echoes are outstanding, and no byte moved in either direction for as long as was allowed. */
@SuppressWarnings("serial") // not meant to leave the process
public final class NoProgressException extends EchoException {
  private final Duration timeout;

  NoProgressException(Duration timeout, Counts counts) {
    super("no progress for " + timeout.toMillis() + "ms: " + counts, counts, null);
    this.timeout = timeout;
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
