package dev.echo.server.app;

/** The command line, or something of this machine that it names, cannot be used. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
