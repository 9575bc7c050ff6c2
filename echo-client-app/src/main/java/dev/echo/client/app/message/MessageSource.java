package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One entry of a plan: where one message, or many, come from. */
public sealed interface MessageSource permits BytesSource, LineSource, RandomSource, WholeSource {
  /** Stands for a number that is not known before the end. */
  long UNKNOWN = -1;

  /**
   * A text.
   *
   * @param text is sent in UTF-8
   * @return a source of one message
   */
  static MessageSource text(String text) {
    return new BytesSource(FrameType.TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Bytes of any kind.
   *
   * @param bytes none for the empty message; must not be changed any more
   * @return a source of one message
   */
  static MessageSource bytes(byte[] bytes) {
    return new BytesSource(FrameType.BINARY, bytes);
  }

  /**
   * Bytes that a seed decides; they differ from round to round.
   *
   * @param bytes how many
   * @param seed makes the same bytes again
   * @return a source of one message
   */
  static MessageSource random(long bytes, long seed) {
    return new RandomSource(bytes, seed);
  }

  /**
   * A file.
   *
   * @param file is opened anew each time
   * @param split whether the file is one message or many
   * @return a source of one message, or of a message for each line
   */
  static MessageSource file(Path file, Split split) {
    return of(new FileInput(file), split);
  }

  /**
   * Standard input, or what stands for it.
   *
   * @param in is read once and not closed
   * @param split whether it is one message or many
   * @return a source of one message, or of a message for each line, which is there as soon as the
   *     line is
   */
  static MessageSource standardInput(InputStream in, Split split) {
    return of(new StandardInput(in), split);
  }

  private static MessageSource of(Input input, Split split) {
    return switch (split) {
      case WHOLE -> new WholeSource(input);
      case LINES -> new LineSource(input);
    };
  }

  /**
   * Checks, before anything is sent, that this source can be read.
   *
   * @throws IOException if not; the message names what cannot be read, and why
   */
  default void check() throws IOException {}

  /**
   * Says whether the messages can be made a second time.
   *
   * @return false for what is gone once it was read
   */
  default boolean isRepeatable() {
    return true;
  }

  /**
   * How many files each connection has open while it reads this source.
   *
   * @return 0 or 1
   */
  default int files() {
    return 0;
  }

  /**
   * How many messages this is.
   *
   * @return the number, or {@link #UNKNOWN}
   */
  default long count() {
    return 1;
  }

  /**
   * How many bytes all its messages have, as far as one can tell beforehand.
   *
   * @return the number, or {@link #UNKNOWN}
   */
  long bytes();

  /**
   * Opens the source.
   *
   * @param round how often the plan was sent before
   * @return its messages; the caller closes them
   * @throws IOException if it cannot be opened; the message names it
   */
  Messages open(long round) throws IOException;

  /** How a file or standard input becomes messages. */
  enum Split {
    /** All of it is one message. */
    WHOLE,
    /** Each line is a message, its line end included. */
    LINES
  }
}
