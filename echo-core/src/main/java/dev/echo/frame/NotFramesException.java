package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.DecoderException;

/** The peer's first bytes are no preface: it speaks something else. */
public final class NotFramesException extends DecoderException {
  /** The most bytes of the peer's that are kept. */
  public static final int MAX_RECEIVED_BYTES = 64;

  private static final long serialVersionUID = 1L;

  private final byte[] received;

  private NotFramesException(byte[] received, int differsAt) {
    super("no preface: byte " + differsAt + " differs");
    this.received = received;
  }

  static NotFramesException of(int matched, ByteBuf in) {
    int rest = Math.min(in.readableBytes(), MAX_RECEIVED_BYTES - matched);
    byte[] received = new byte[matched + rest];
    for (int i = 0; i < matched; i++) {
      received[i] = Preface.requestByte(i);
    }
    in.getBytes(in.readerIndex(), received, matched, rest);
    return new NotFramesException(received, matched);
  }

  /**
   * What the peer had sent when the first byte differed, from its first byte on.
   *
   * @return a copy, 1 to {@value #MAX_RECEIVED_BYTES} bytes; more may have followed
   */
  public byte[] received() {
    return received.clone();
  }
}
