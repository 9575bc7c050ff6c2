package dev.echo.client;

import dev.echo.verify.Finding;
import java.util.HexFormat;
import java.util.Optional;

/** Bytes came back that are not what was sent. */
@SuppressWarnings("serial") // not meant to leave the process
public final class MismatchException extends EchoException {
  /** The most bytes of either side that are kept. */
  public static final int WINDOW_BYTES = 16;

  /** Which bytes differ, and what the offset counts from. */
  public enum Kind {
    /** The preface that opens the connection; the offset counts from its first byte. */
    PREFACE("preface"),
    /** A frame's header; the offset counts from the header's first byte. */
    HEADER("frame header"),
    /**
     * The sequence of a stamp, or the zeros of a plain peer's; the offset counts from the first
     * byte of the header in front of it, so it is 8 or more.
     */
    STAMP("stamp"),
    /** Payload; the offset counts from the first byte of the message's payload. */
    PAYLOAD("payload"),
    /** More came back than was sent, or a message again; the offset is 0, nothing was expected. */
    SURPLUS("more than was sent");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** What it is called in a sentence. */
    @Override
    public String toString() {
      return text;
    }
  }

  private final Kind kind;
  private final Difference difference;

  MismatchException(Kind kind, Difference difference, Counts counts) {
    super(text(difference, counts), counts, null);
    this.kind = kind;
    this.difference = difference;
  }

  /**
   * Which bytes differ.
   *
   * @return also says what {@link #offset()} counts from
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What became of it, as far as the bytes at hand show it.
   *
   * @return is there; its offset counts as {@link #kind()} says, and is -1 for bytes that came in
   *     addition
   */
  @Override
  public Optional<Finding> finding() {
    return Optional.of(difference.finding());
  }

  /**
   * The message in which the difference is.
   *
   * @return its number on this connection, from 1; of a message that came again its own; if all had
   *     come back, the one after the last
   */
  public long message() {
    return difference.message(echoed());
  }

  /**
   * Where the first byte is that differs.
   *
   * @return counted as {@link #kind()} says
   */
  public long offset() {
    return difference.offset();
  }

  /**
   * What was sent, from the offset on.
   *
   * @return up to {@value #WINDOW_BYTES} bytes, a copy; the first one differs from the first one of
   *     {@link #actual()}
   */
  public byte[] expected() {
    return difference.expected();
  }

  /**
   * What came back, from the offset on, as far as it was at hand.
   *
   * @return up to {@value #WINDOW_BYTES} bytes, a copy
   */
  public byte[] actual() {
    return difference.actual();
  }

  private static String text(Difference difference, Counts counts) {
    String sentence =
        difference.finding().sentence("message " + difference.message(counts.echoed()));
    return difference.expected().length == 0
        ? sentence + ": " + hex(difference.actual()) + " (" + counts + ")"
        : sentence
            + ": expected "
            + hex(difference.expected())
            + ", came "
            + hex(difference.actual());
  }

  private static String hex(byte[] bytes) {
    return bytes.length == 0 ? "nothing" : HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
