package dev.echo.pipeline;

import dev.echo.text.Durations;
import io.netty.channel.ConnectTimeoutException;
import java.time.Duration;

/** Somebody took the connection, and then the handshake did not end in time. */
@SuppressWarnings("serial") // not meant to leave the process
public final class HandshakeTimeoutException extends ConnectTimeoutException {
  private final String protocol;

  /**
   * Says how far it came.
   *
   * @param protocol whose handshake it was, {@code TLS} or {@code WebSocket}
   * @param connect how long the connect took
   * @param timeout what the handshake was given
   * @param answer what has come of an answer, safe to print; may be empty
   */
  HandshakeTimeoutException(String protocol, Duration connect, Duration timeout, String answer) {
    super(
        "connected after "
            + Durations.format(connect)
            + ", then no "
            + protocol
            + " handshake within "
            + Durations.format(timeout)
            + (answer.isEmpty() ? "" : ": it " + answer + ", and not the end of its header"));
    this.protocol = protocol;
  }

  /**
   * Says whose handshake it was.
   *
   * @return {@code TLS} or {@code WebSocket}
   */
  public String protocol() {
    return protocol;
  }
}
