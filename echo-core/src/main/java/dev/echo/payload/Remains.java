package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Compares what came in the place of a message with the message, from both ends. */
final class Remains {
  /** So many bytes that agree are no accident: one in 2^32. */
  static final int CERTAIN_BYTES = 4;

  private final Evidence evidence;
  private final MessageId id;
  private final ByteBuf original;

  /** The bytes that an aware peer fills in. */
  private final int filledFrom;

  private final int filledTo;

  Remains(Evidence evidence, long sequence) {
    Script script = evidence.script();
    this.evidence = evidence;
    this.id = evidence.own(sequence);
    this.original = Unpooled.buffer(evidence.length(sequence));
    script.write(original, id.connection(), sequence);
    boolean isFilled = script.isStamped() && evidence.peer() == Peer.AWARE;
    this.filledFrom = isFilled ? FrameHeader.BYTES + Stamp.CLIENT_BYTES : 0;
    this.filledTo = isFilled ? FrameHeader.BYTES + Stamp.BYTES : 0;
  }

  /** Says what became of the message, of which nothing but the bytes up to {@code end} is left. */
  WrongEcho judge(int end) {
    int length = original.readableBytes();
    int front = Math.min(evidence.agreeing(id, 0), end);
    if (end == length) {
      return front < evidence.script().headBytes()
          ? Findings.framingLost(id, front)
          : Findings.corrupt(id, front, differingBits());
    }
    int tail = tail(end);
    boolean endsRightly = tail >= CERTAIN_BYTES;
    if (end < length && (isShortenedTo(end) || (front == end && !endsRightly))) {
      return Findings.truncated(id, end, length - end);
    }
    return front + tail >= Math.min(end, length)
        ? Findings.shifted(id, front, end - length)
        : Findings.unknown(id, front);
  }

  /** How many bytes in front of a place are the end of the message. */
  int tail(int end) {
    return tail(original.readableBytes(), end);
  }

  /** How many bytes in front of a place are the end of the first {@code bytes} of the message. */
  int tail(int bytes, int end) {
    int most = Math.min(end, bytes);
    int tail = 0;
    while (tail < most && isEqual(end - bytes, bytes - tail - 1)) {
      tail++;
    }
    return tail;
  }

  /** How many bits differ between the message in its place and what is there. */
  long differingBits() {
    long bits = 0;
    int length = Math.min(original.readableBytes(), evidence.bytes());
    for (int i = 0; i < length; i++) {
      if (!isEqual(0, i)) {
        bits += Integer.bitCount((original.getByte(i) ^ byteAt(i)) & 0xFF);
      }
    }
    return bits;
  }

  /** At most one wrong bit for each byte from the first wrong one on: rather hit than moved. */
  boolean isSlight(int agreed) {
    return differingBits() <= original.readableBytes() - agreed;
  }

  /** Whether header and payload agree that the message is shorter than it was. */
  private boolean isShortenedTo(int end) {
    int head = evidence.script().headBytes();
    if (!evidence.script().isFramed() || end < head) {
      return false;
    }
    long header = evidence.script().header(end - head);
    return evidence.window().getLong(evidence.window().readerIndex()) == header
        && evidence.agreeing(id, 0, FrameHeader.BYTES) >= end - FrameHeader.BYTES;
  }

  private boolean isEqual(int start, int i) {
    return (i >= filledFrom && i < filledTo) || original.getByte(i) == byteAt(start + i);
  }

  private byte byteAt(int place) {
    return evidence.window().getByte(evidence.window().readerIndex() + place);
  }
}
