package dev.echo.text;

import java.io.IOException;

/** Whoever read a stream of this process has gone, as after {@code | head -1}. */
public final class NoReaderException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Says so.
   *
   * @param cause what the system said
   */
  public NoReaderException(IOException cause) {
    super("nobody reads it any more", cause);
  }
}
