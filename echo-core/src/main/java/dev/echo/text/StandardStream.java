package dev.echo.text;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
   * Opens it for reading. A read waits while there is nothing, also if somebody made the stream
   * non-blocking. Closing does nothing: the stream belongs to the process.
   *
   * @return a stream whose failures are sentences for a person
   */
  public InputStream input() {
    return new DescriptorInput(new FileInputStream(FileDescriptor.in), this);
  }

  /**
   * Opens it for writing, from any thread. A write waits while there is no room, also if somebody
   * made the stream non-blocking, and returns when everything is written. Closing does nothing.
   *
   * @return a stream without a buffer, whose failures are sentences for a person
   */
  public OutputStream output() {
    FileDescriptor to = this == OUT ? FileDescriptor.out : FileDescriptor.err;
    return new HandedOverOutput(new DescriptorOutput(new FileOutputStream(to).getChannel(), this));
  }

  /**
   * Says why it can be neither read nor written, without the words of the system where they say
   * less than is known here.
   */
  IOException failure(IOException cause) {
    String said = String.valueOf(cause.getMessage());
    String target = target();
    if (isClosed(target) || said.contains("Bad file descriptor")) {
      return new IOException("it is closed", cause);
    }
    boolean hasReader = target.startsWith("pipe:") || target.startsWith("socket:");
    return this != IN && (hasReader || said.contains("Broken pipe"))
        ? new NoReaderException(cause)
        : cause;
  }

  /**
   * Says whether the process was started without it. Java then opens files of its own under the
   * free number.
   */
  boolean isClosed() {
    return isClosed(target());
  }

  private static boolean isClosed(String target) {
    return target.startsWith(System.getProperty("java.home", "") + "/")
        || (target.endsWith(".jar") && System.getProperty("java.class.path", "").equals(target));
  }

  private String target() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return "";
    }
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
