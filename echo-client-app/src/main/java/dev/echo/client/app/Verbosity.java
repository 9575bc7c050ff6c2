package dev.echo.client.app;

/** How much standard error says. */
enum Verbosity {
  /** Failures only. */
  QUIET,
  /** A line for each of a few messages, and a summary. */
  NORMAL,
  /** A line for each message, and a summary. */
  VERBOSE
}
