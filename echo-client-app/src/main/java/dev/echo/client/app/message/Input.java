package dev.echo.client.app.message;

import java.io.IOException;
import java.io.InputStream;

/** Something outside the program that is read from its beginning to its end. */
sealed interface Input permits FileInput, StandardInput {
  /** Checks that it can be read, without reading it. */
  void check() throws IOException;

  /** Says whether it can be opened again. */
  boolean isRepeatable();

  /** How long it is, or {@link MessageSource#UNKNOWN}. */
  long bytes();

  /** Opens it; failures, also those of the stream, name it. */
  InputStream open() throws IOException;
}
