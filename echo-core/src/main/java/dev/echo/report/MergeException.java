package dev.echo.report;

/** Results cannot be made one. The message is one line: which, and why. */
public final class MergeException extends Exception {
  private static final long serialVersionUID = 1;

  MergeException(String message) {
    super(message);
  }
}
