package dev.echo.frame;

import io.netty.handler.codec.DecoderException;

/** The peer finished sending in the middle of something. */
public final class TruncatedFrameException extends DecoderException {
  private static final long serialVersionUID = 1L;

  private final byte[] received;

  TruncatedFrameException(String where, byte[] received) {
    super("end of input inside a " + where);
    this.received = received;
  }

  /**
   * What had come of the unfinished preface, or of the unfinished header and stamp. Of these no
   * message was made.
   *
   * @return a copy; empty if the input ended inside a payload, or between the frames of a message
   */
  public byte[] received() {
    return received.clone();
  }
}
