package dev.echo.server.app;

import dev.echo.text.StandardStream;
import java.io.PrintStream;

/**
 * Where the launcher writes.
 *
 * @param out results, for machines
 * @param err everything else, for people
 * @param look what {@code err} is
 */
record Console(PrintStream out, PrintStream err, Look look) {
  /** What may be shown. */
  enum Look {
    /** A pipe or a file: quiet. */
    PLAIN,
    /** A terminal without colour. */
    TERMINAL,
    /** A terminal with colour. */
    COLOUR
  }

  static Console standard() {
    StandardStream error = StandardStream.ERROR;
    Look look = error.takesColour() ? Look.COLOUR : error.isTerminal() ? Look.TERMINAL : Look.PLAIN;
    return new Console(System.out, System.err, look);
  }

  /** Tells a person why the program ends. */
  void complain(String message) {
    err.println("echo-server: " + message);
    err.flush();
  }
}
