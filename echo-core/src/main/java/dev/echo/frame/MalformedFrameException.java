package dev.echo.frame;

import io.netty.handler.codec.DecoderException;

/** A header, or a message, broke the layout or a limit. */
public final class MalformedFrameException extends DecoderException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // Like every exception it could be serialised, and never is.
  private final FrameError error;

  MalformedFrameException(FrameError error) {
    super(error.sentence());
    this.error = error;
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
