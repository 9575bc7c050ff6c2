package dev.echo.client.app.message;

import dev.echo.text.EscapedText;
import dev.echo.text.FileNames;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file, or a pipe or device with a name. */
final class FileInput implements Input {
  private static final int MAX_NAME = 200;

  private final Path file;

  FileInput(Path file) {
    this.file = file;
  }

  @Override
  public void check() throws IOException {
    if (Files.isDirectory(file)) {
      throw unusable("is a directory", null);
    }
    if (!Files.exists(file)) {
      throw unusable("no such file", null);
    }
    if (!Files.isReadable(file)) {
      throw unusable("permission denied", null);
    }
  }

  @Override
  public boolean isRepeatable() {
    return Files.isRegularFile(file);
  }

  @Override
  public long bytes() {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : MessageSource.UNKNOWN;
    } catch (IOException e) {
      return MessageSource.UNKNOWN;
    }
  }

  @Override
  public InputStream open() throws IOException {
    InputStream in;
    try {
      in = Files.newInputStream(file);
    } catch (IOException e) {
      throw unusable(reason(e), e);
    }
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          return in.read(bytes, offset, length);
        } catch (IOException e) {
          throw unusable(reason(e), e);
        }
      }

      /** A pipe with a name cannot say: it has no position. */
      @Override
      public int available() {
        try {
          return in.available();
        } catch (IOException e) {
          return 0;
        }
      }
    };
  }

  private static String reason(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : EscapedText.of(message, MAX_NAME);
  }

  private IOException unusable(String reason, @Nullable IOException cause) {
    return new IOException(
        "cannot read " + EscapedText.of(FileNames.name(file), MAX_NAME) + ": " + reason, cause);
  }
}
