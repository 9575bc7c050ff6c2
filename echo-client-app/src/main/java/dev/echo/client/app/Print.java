package dev.echo.client.app;

import java.util.Locale;

/** What standard output gets. */
enum Print {
  /** A line for each reply on a terminal, else the bytes of connection 1 untouched. */
  REPLY,
  /** The bytes in hexadecimal: of all connections on a terminal, else of connection 1. */
  HEX,
  /** Nothing. */
  NONE,
  /** An object for each message, then a summary. */
  JSON;

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
