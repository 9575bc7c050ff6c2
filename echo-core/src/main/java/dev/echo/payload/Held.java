package dev.echo.payload;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What came since the begin of a message that differs, with the times when it came. */
final class Held {
  private final ByteBuf bytes;
  private @Nullable Inspector inspector;
  private int wanted;

  /** How many bytes had been added by the end of each piece, and when it came. */
  private long[] ends = new long[8];

  private long[] nanos = new long[8];
  private int pieces;
  private int firstPiece;
  private long added;

  Held(ByteBuf bytes) {
    this.bytes = bytes;
    this.added = bytes.readableBytes();
  }

  ByteBuf bytes() {
    return bytes;
  }

  void add(ByteBuf in, long receivedNanos) {
    bytes.discardReadBytes();
    bytes.writeBytes(in, in.readerIndex(), in.readableBytes());
    added += in.readableBytes();
    if (pieces == ends.length) {
      ends = Arrays.copyOf(ends, 2 * pieces);
      nanos = Arrays.copyOf(nanos, 2 * pieces);
    }
    ends[pieces] = added;
    nanos[pieces++] = receivedNanos;
  }

  /** When the byte in front of a place came; places are asked for in ascending order. */
  long nanosBefore(int index) {
    long end = added - (bytes.writerIndex() - index);
    while (firstPiece < pieces - 1 && ends[firstPiece] < end) {
      firstPiece++;
    }
    return nanos[firstPiece];
  }

  /** Who looks at the message that begins with what is readable. */
  Inspector inspector(Script script, int connection, long expected) {
    if (inspector == null) {
      inspector = new Inspector(script, connection, expected);
    }
    return inspector;
  }

  /** So many bytes are explained. */
  void explained(int count) {
    inspector = null;
    bytes.skipBytes(count);
  }

  /** There is nothing new to say before so many bytes are readable. */
  void want(int readableBytes) {
    wanted = readableBytes;
  }

  boolean hasWanted() {
    return bytes.readableBytes() >= wanted;
  }

  void release() {
    bytes.release();
  }
}
