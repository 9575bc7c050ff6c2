package dev.echo.client;

import java.util.Locale;

/** How a client talks to its peer. */
public enum ClientMode {
  /** Messages with a length in front; each comes back whole, empty ones too. */
  FRAMES,
  /** Bare bytes; the boundaries of messages exist in this process only. */
  STREAM;

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
