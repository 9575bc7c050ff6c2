package dev.echo.load;

import java.util.Locale;

/** The times that a run measures. */
public enum Measure {
  /** From when a message was due until its echo was whole. Open loop only. */
  RESPONSE,
  /** From when a message was really sent until its echo was whole. */
  SERVICE,
  /** From due to sent. Open loop only. */
  LAG,
  /**
   * The lag of messages that neither a cap nor a full socket nor a missing connection held back:
   * what the client itself is to blame for.
   */
  OWN_LAG,
  /** The server's own account, from an aware peer's stamps. */
  RESIDENCE,
  /** The TCP connect of each connection. */
  CONNECT,
  /**
   * What follows the connect of each connection that has it: the handshakes of TLS and WebSocket.
   */
  HANDSHAKE,
  /** By how much a thread that slept 1 ms woke late: pauses of this process and machine. */
  PAUSE;

  /** The name as reports and conditions have it: lower case, words joined by a hyphen. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
