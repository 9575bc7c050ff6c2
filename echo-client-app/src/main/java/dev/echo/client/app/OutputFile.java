package dev.echo.client.app;

import dev.echo.text.EscapedText;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that results are written to. It takes the place of an earlier one only when it is whole:
 * until then that one stays as it is. What is no regular file (a pipe, a device) is written
 * directly. For one thread at a time.
 */
final class OutputFile implements AutoCloseable {
  private static final int MAX_SHOWN = 200;

  private final String name;
  private final @Nullable Replacement replacement;
  private final Writer writer;

  private OutputFile(String name, @Nullable Replacement replacement, OutputStream out) {
    this.name = name;
    this.replacement = replacement;
    writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /**
   * Opens a file, which must be possible to write.
   *
   * @param name as the user wrote it
   * @throws IOException with a sentence for a person if it cannot be written
   */
  static OutputFile open(String name, Path file) throws IOException {
    String shown = EscapedText.of(name, MAX_SHOWN);
    try {
      if (Files.isDirectory(file)) {
        throw new FileSystemException(name, null, "it is a folder");
      }
      if (Links.isSpecial(file)) {
        return new OutputFile(shown, null, Files.newOutputStream(file, StandardOpenOption.APPEND));
      }
      Replacement replacement = Replacement.of(Links.target(file));
      return new OutputFile(shown, replacement, replacement.open());
    } catch (IOException e) {
      throw new IOException(sentence(shown, e), e);
    }
  }

  /** As it is shown to a person. */
  String name() {
    return name;
  }

  /** Gets the content. */
  Writer writer() {
    return writer;
  }

  /** Whether something would be lost by {@link #keep()}. */
  boolean replacesAnother() {
    return replacement != null && replacement.replacesAnother();
  }

  /** Nothing more comes: what was written is the file from now on. */
  void keep() throws IOException {
    writer.close();
    if (replacement != null) {
      replacement.take();
    }
  }

  /** Removes what was written so far. Neither waits nor fails, on any thread. */
  void abandon() {
    if (replacement != null) {
      replacement.abandon();
    }
  }

  /** Leaves what was there, if {@link #keep()} did not come before. */
  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } finally {
      if (replacement != null) {
        replacement.close();
      }
    }
  }

  /** Says what a failure means for it. */
  String sentence(IOException cause) {
    return sentence(name, cause);
  }

  private static String sentence(String name, IOException cause) {
    return "cannot write " + name + ": " + reason(cause);
  }

  private static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (cause instanceof AccessDeniedException) {
      return "not allowed";
    }
    String said =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return said == null ? "the system does not say why" : EscapedText.of(said, MAX_SHOWN);
  }
}
