package dev.echo.payload;

import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;

/** An ERROR frame in the place of a message: why an aware server ends the connection. */
final class ErrorFrame {
  private static final long HEADER = FrameHeader.of(FrameType.ERROR, 0);
  private static final int MAX_BYTES = Short.BYTES + FrameError.MAX_SENTENCE_BYTES;

  private ErrorFrame() {}

  /** How many bytes show it whole, or show that it is none; 0 if it is none. */
  static int bytes(ByteBuf in) {
    if (in.readableBytes() < FrameHeader.BYTES) {
      return FrameHeader.BYTES;
    }
    long header = in.getLong(in.readerIndex());
    long length = FrameHeader.length(header);
    boolean isError = (header & FrameHeader.MAX_LENGTH) == HEADER;
    return isError && length >= Short.BYTES && length <= MAX_BYTES
        ? FrameHeader.BYTES + (int) length
        : 0;
  }

  /** Reads as much of it as is there. */
  static FrameError read(ByteBuf in, int bytes) {
    int whole = Math.min(bytes, in.readableBytes());
    return FrameError.read(
        in.slice(in.readerIndex() + FrameHeader.BYTES, whole - FrameHeader.BYTES));
  }
}
