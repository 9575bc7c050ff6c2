package dev.echo.client.app;

import dev.echo.text.StandardStream;

/** What is at the other end of a stream of this process. */
enum Destination {
  /** A file, a pipe or another program: it gets bytes untouched. */
  PIPE,
  /** A person, whose terminal gets neither colour nor redrawn lines. */
  PLAIN_TERMINAL,
  /** A person. */
  TERMINAL;

  static Destination of(StandardStream stream) {
    return stream.takesColour() ? TERMINAL : stream.isTerminal() ? PLAIN_TERMINAL : PIPE;
  }

  boolean isTerminal() {
    return this != PIPE;
  }
}
