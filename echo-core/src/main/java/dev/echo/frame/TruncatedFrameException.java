package dev.echo.frame;

import io.netty.handler.codec.DecoderException;

/** The peer finished sending in the middle of something. */
public final class TruncatedFrameException extends DecoderException {
  private static final long serialVersionUID = 1L;

  TruncatedFrameException(String where) {
    super("end of input inside a " + where);
  }
}
