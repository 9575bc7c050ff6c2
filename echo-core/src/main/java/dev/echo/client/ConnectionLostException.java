package dev.echo.client;

import dev.echo.duplex.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/** The connection ended before everything had come back. */
@SuppressWarnings("serial") // not meant to leave the process
public final class ConnectionLostException extends EchoException {
  ConnectionLostException(ConnectionEnd end, Counts counts, @Nullable Throwable cause) {
    super(end.sentence() + " (messages: " + counts + ")", counts, cause);
    ended(end);
  }
}
