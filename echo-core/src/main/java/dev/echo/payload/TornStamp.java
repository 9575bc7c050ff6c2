package dev.echo.payload;

import dev.echo.frame.FrameHeader;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The stamp of a message that comes in pieces, as it came. */
final class TornStamp {
  private static final int BEGIN = FrameHeader.BYTES;
  private static final int END = BEGIN + Stamp.BYTES;

  private final ByteBuf stamp = Unpooled.buffer(Stamp.BYTES);

  /**
   * Keeps what a piece of a message holds of it.
   *
   * @param in holds the piece; its indices stay
   * @param index of the first byte of the piece
   * @param from where in the message the piece begins
   * @param bytes of the piece
   */
  void keep(ByteBuf in, int index, int from, int bytes) {
    int first = Math.max(from, BEGIN);
    int kept = Math.min(from + bytes, END) - first;
    if (kept > 0) {
      in.getBytes(index + first - from, stamp.array(), first - BEGIN, kept);
    }
  }

  long residenceNanos() {
    return Residence.nanos(stamp, 0);
  }

  /** Puts what was kept of it into a message that begins with the buffer. */
  void restore(ByteBuf message) {
    int kept = Math.min(message.writerIndex(), END) - BEGIN;
    if (kept > 0) {
      message.setBytes(BEGIN, stamp.array(), 0, kept);
    }
  }
}
