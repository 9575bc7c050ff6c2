package dev.echo.text;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The streams that a process is born with, and what may be written to them. */
public enum StandardStream {
  /** Standard input. */
  IN(0),
  /** Standard output. */
  OUT(1),
  /** Standard error. */
  ERROR(2);

  private final int descriptor;

  StandardStream(int descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Says whether a person sits at the other end. On Linux each stream is asked for itself;
   * elsewhere Java can tell only for input and output together.
   *
   * @return true for a terminal
   */
  public boolean isTerminal() {
    try {
      return isTerminal(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString());
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return !Files.isDirectory(Path.of("/proc/self/fd")) && hasConsole();
    }
  }

  /** Before Java 22 there is a console only at a terminal; since then it must be asked. */
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Object console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /**
   * Says whether colour and redrawn lines may be used: on a terminal that can, and never with
   * {@code NO_COLOR} (<a href="https://no-color.org">no-color.org</a>).
   *
   * @return true if so
   */
  public boolean takesColour() {
    return takesColour(System.getenv()) && isTerminal();
  }

  static boolean isTerminal(String device) {
    return device.startsWith("/dev/pts/")
        || device.startsWith("/dev/tty")
        || device.startsWith("/dev/console");
  }

  static boolean takesColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }
}
