package dev.echo.frame;

import io.netty.handler.codec.DecoderException;
import java.util.OptionalLong;

/** A header, or a message, broke the layout or a limit. */
public final class MalformedFrameException extends DecoderException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Like every exception it could be serialised, and never is.
  private final FrameError error;

  private final boolean isHeader;
  private final long header;

  MalformedFrameException(FrameError error) {
    this(error, false, 0);
  }

  MalformedFrameException(FrameError error, long header) {
    this(error, true, header);
  }

  private MalformedFrameException(FrameError error, boolean isHeader, long header) {
    super(error.sentence());
    this.error = error;
    this.isHeader = isHeader;
    this.header = header;
  }

  /**
   * The header that is not sound.
   *
   * @return its eight bytes, big endian; empty if it is the message that is too large
   */
  public OptionalLong header() {
    return isHeader ? OptionalLong.of(header) : OptionalLong.empty();
  }

  /**
   * What is wrong, in the form in which a server tells its client.
   *
   * @return {@link ErrorCode#MALFORMED} or {@link ErrorCode#FRAME_TOO_LARGE}, and a sentence
   */
  public FrameError error() {
    return error;
  }
}
