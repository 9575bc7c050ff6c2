package dev.echo.client;

import org.jspecify.annotations.Nullable;

/** A datagram's echo did not come, or is not what was sent. */
@SuppressWarnings("serial") // not meant to leave the process
public final class DatagramException extends EchoException {
  /** What happened. */
  public enum Kind {
    /** The echo did not come within the timeout. */
    LOST,
    /** The datagram could not be sent. */
    NOT_SENT,
    /** Something else came. */
    WRONG
  }

  private final Kind kind;

  DatagramException(Kind kind, String sentence, Counts counts, @Nullable Throwable cause) {
    super(sentence, counts, cause);
    this.kind = kind;
  }

  /**
   * What happened.
   *
   * @return also says which status it makes
   */
  public Kind kind() {
    return kind;
  }
}
