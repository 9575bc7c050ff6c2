package dev.echo.server.app;

import dev.echo.text.StandardStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where the launcher writes.
 *
 * @param out results, for machines
 * @param err everything else, for people
 * @param look what {@code err} is
 */
record Console(OutputStream out, PrintStream err, Look look) {
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
    PrintStream err = new PrintStream(error.output(), false, StandardCharsets.UTF_8);
    return new Console(StandardStream.OUT.output(), err, look);
  }

  /**
   * Writes results, a line each.
   *
   * @throws UsageException if they cannot be written
   */
  void show(List<String> lines) throws UsageException {
    String text = String.join(System.lineSeparator(), lines) + System.lineSeparator();
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UsageException("cannot write standard output: " + e.getMessage());
    }
  }

  /** Tells a person why the program ends. */
  void complain(String message) {
    err.println("echo-server: " + message);
    err.flush();
  }
}
