package dev.echo.client;

import dev.echo.client.MismatchException.Kind;
import dev.echo.frame.FrameHead;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.MalformedFrameException;
import dev.echo.frame.PeerPreface;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Says what it means that something else came in the place of a preface or of a frame's head. */
record FramingFaults(Expectations expectations) {
  /**
   * A head that is the wanted one but for a shorter payload: whether it is that, the rest tells.
   */
  record Cut(FrameHead wanted, FrameHead came) {}

  /** Whether a head is the wanted one but for a shorter payload. */
  static boolean isCut(FrameHead wanted, FrameHead came) {
    return came.payloadBytes() < wanted.payloadBytes()
        && new FrameHead(came.type(), wanted.payloadBytes(), came.more(), came.stamp())
            .equals(wanted);
  }

  /** Another head came than the wanted one. */
  MismatchException differs(FrameHead wanted, FrameHead came) {
    return differs(bytes(wanted), bytes(came), "");
  }

  EchoException notFrames(byte[] received) {
    byte[] expected = bytes(PeerPreface.PLAIN);
    int at = Preface.matchingBytes(Unpooled.wrappedBuffer(received));
    byte[] expectedRest = window(expected, at);
    byte[] receivedRest = window(received, at);
    if (expectations.counts().sent() == 0 || !Expectations.isEcho(at, expectedRest, receivedRest)) {
      return new NotEchoException(
          Arrays.copyOf(received, Math.min(received.length, NotEchoException.FIRST_BYTES)),
          expectations.counts());
    }
    return new MismatchException(
        Kind.PREFACE,
        Difference.at(at, expectedRest, receivedRest, framingLost(Kind.PREFACE, at, "")),
        expectations.counts());
  }

  MismatchException malformed(MalformedFrameException malformed) {
    byte[] actual = ByteBuffer.allocate(Long.BYTES).putLong(malformed.header().orElse(0)).array();
    Expected next = expectations.next();
    if (next == null || next.head() == null) {
      return expectations.surplus(actual, actual.length);
    }
    return differs(bytes(next.head()), actual, malformed.error().sentence());
  }

  /** The payload agrees as far as the head says that there is any. */
  MismatchException truncated(Cut told) {
    long missing = told.wanted().payloadBytes() - told.came().payloadBytes();
    Expected next = expectations.next();
    long offset = next == null ? 0 : next.message().echoedBytes();
    byte[] expected = next == null ? new byte[0] : next.window();
    return new MismatchException(
        Kind.PAYLOAD,
        Difference.at(offset, expected, new byte[0], Finding.truncated(offset, missing)),
        expectations.counts());
  }

  private MismatchException differs(byte[] expected, byte[] actual, String remark) {
    int at = Math.max(0, Arrays.mismatch(expected, actual));
    Kind kind = at < FrameHeader.BYTES ? Kind.HEADER : Kind.STAMP;
    Finding found = framingLost(kind, at, remark);
    return new MismatchException(
        kind,
        Difference.at(at, window(expected, at), window(actual, at), found),
        expectations.counts());
  }

  private static Finding framingLost(Kind kind, int at, String remark) {
    String what = remark.isEmpty() ? kind.toString() : kind + " (" + remark + ")";
    return Finding.framingLost(what, at);
  }

  static byte[] bytes(PeerPreface preface) {
    ByteBuf out = Unpooled.buffer(Preface.BYTES);
    if (preface == PeerPreface.AWARE) {
      Preface.writeAnswer(out);
    } else {
      Preface.writeRequest(out);
    }
    return drain(out);
  }

  static byte[] bytes(FrameHead head) {
    ByteBuf out = Unpooled.buffer(FrameHeader.BYTES + Stamp.BYTES);
    head.write(out);
    return drain(out);
  }

  private static byte[] drain(ByteBuf buffer) {
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    buffer.release();
    return bytes;
  }

  static byte[] window(byte[] bytes, int from) {
    int to = Math.min(bytes.length, from + MismatchException.WINDOW_BYTES);
    return Arrays.copyOfRange(bytes, from, Math.max(from, to));
  }
}
