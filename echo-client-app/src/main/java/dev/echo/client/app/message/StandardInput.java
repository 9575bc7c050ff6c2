package dev.echo.client.app.message;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input: read once, and left open. */
final class StandardInput implements Input {
  private final InputStream in;

  StandardInput(InputStream in) {
    this.in = in;
  }

  @Override
  public void check() {}

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public long bytes() {
    return MessageSource.UNKNOWN;
  }

  @Override
  public InputStream open() {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          throw new IOException("cannot read standard input: " + e.getMessage(), e);
        }
      }

      @Override
      public void close() {}
    };
  }
}
