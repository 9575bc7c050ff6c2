package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Stamp;
import dev.echo.verify.Comparison;
import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** What is left of a message in what came in its place. */
final class Remains {
  private final Evidence evidence;
  private final MessageId id;
  private final int length;
  private final Comparison comparison;

  Remains(Evidence evidence, long sequence) {
    Script script = evidence.script();
    this.evidence = evidence;
    id = evidence.own(sequence);
    length = evidence.length(sequence);
    ByteBuf original = Unpooled.buffer(length);
    script.write(original, id.connection(), sequence);
    Comparison all = Comparison.of(original, evidence.window());
    comparison =
        script.isStamped() && evidence.peer() == Peer.AWARE
            ? all.except(FrameHeader.BYTES + Stamp.CLIENT_BYTES, FrameHeader.BYTES + Stamp.BYTES)
            : all;
  }

  /** Says what became of the message, of which nothing but the bytes up to {@code end} is left. */
  WrongEcho judge(int end) {
    int front = Math.min(evidence.agreeing(id, 0), end);
    if (end == length && front < evidence.script().headBytes()) {
      return Findings.framingLost(id, front);
    }
    Finding found =
        end < length && isShortenedTo(end)
            ? Finding.truncated(end, length - end)
            : comparison.judge(front, end);
    return Findings.of(id, found);
  }

  /** How many bytes in front of a place are the end of the message. */
  int tail(int end) {
    return comparison.tail(length, end);
  }

  /** How many bytes in front of a place are the end of the first {@code bytes} of the message. */
  int tail(int bytes, int end) {
    return comparison.tail(bytes, end);
  }

  /** At most one wrong bit for each byte from the first wrong one on: rather hit than moved. */
  boolean isSlight(int agreed) {
    return comparison.isSlight(agreed);
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
}
