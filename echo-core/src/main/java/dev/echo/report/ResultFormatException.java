package dev.echo.report;

/** What was read is no saved result. The message is one line: where, what came, what is allowed. */
public final class ResultFormatException extends Exception {
  private static final long serialVersionUID = 1;

  ResultFormatException(String message) {
    super(message);
  }
}
