package dev.echo.client;

import dev.echo.client.MismatchException.Kind;
import dev.echo.frame.FrameEnd;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHead;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.MalformedFrameException;
import dev.echo.frame.NotFramesException;
import dev.echo.frame.PeerPreface;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.frame.TruncatedFrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Frames mode: each piece becomes a frame. The newest piece of a message is held until the next one
 * or the end shows whether its frame is the last.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A head that fails to go out fails its payload too.
final class FramesDialect implements Dialect {
  private enum Part {
    GOES_ON,
    LAST
  }

  private static final int MAX_ERROR_BYTES = Short.BYTES + FrameError.MAX_SENTENCE_BYTES;

  private final Expectations expectations;
  private final ClientConfig config;
  private final ChannelFutureListener written;
  private volatile Peer peer = Peer.UNKNOWN;
  private @Nullable ByteBuf held;

  /** The payload of the ERROR frame that is being read. */
  private @Nullable ByteBuf error;

  FramesDialect(ClientConfig config, Expectations expectations, ChannelFutureListener written) {
    this.config = config;
    this.expectations = expectations;
    this.written = written;
  }

  @Override
  public Peer peer() {
    return peer;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Message message, ByteBuf piece) {
    if (held != null) {
      writeFrame(ctx, message, Part.GOES_ON);
    }
    held = piece;
  }

  @Override
  public void end(ChannelHandlerContext ctx, Message message) {
    writeFrame(ctx, message, Part.LAST);
  }

  private void writeFrame(ChannelHandlerContext ctx, Message message, Part part) {
    ByteBuf payload = held == null ? Unpooled.EMPTY_BUFFER : held;
    held = null;
    boolean stamped = config.stamps() == Stamps.ON && !message.hasBegun();
    expectations.begin(message);
    Stamp stamp = stamped ? Stamp.request(message.number()) : null;
    FrameHead head =
        new FrameHead(message.type(), payload.readableBytes(), part == Part.GOES_ON, stamp);
    expectations.add(Expected.frame(message, head, payload));
    ctx.write(head);
    ctx.write(payload).addListener(written);
  }

  @Override
  public void read(Object received) throws EchoException {
    if (received instanceof ByteBuf content) {
      readContent(content);
    } else if (received instanceof FrameHead head) {
      readHead(head);
    } else if (received instanceof FrameEnd) {
      readEnd();
    } else if (received instanceof PeerPreface preface) {
      if (expectations.counts().sent() == 0) {
        throw expectations.surplus(bytes(preface));
      }
      peer = preface == PeerPreface.AWARE ? Peer.AWARE : Peer.PLAIN;
    }
  }

  private void readHead(FrameHead head) throws EchoException {
    if (head.type() == FrameType.ERROR && peer == Peer.AWARE) {
      error = Unpooled.buffer(0, MAX_ERROR_BYTES);
      return;
    }
    Expected next = expectations.next();
    if (next == null || next.head() == null) {
      throw expectations.surplus(window(bytes(head), 0));
    }
    FrameHead wanted = wanted(next.head(), head.stamp());
    if (!wanted.equals(head)) {
      throw differs(bytes(wanted), bytes(head), "");
    }
    if (head.stamp() != null && head.stamp().isFilled()) {
      next.message().stamped(head.stamp());
    }
  }

  /** What a peer must return for a head: an aware one fills the stamp, a plain one does not. */
  private FrameHead wanted(FrameHead sent, @Nullable Stamp came) {
    if (sent.stamp() == null || came == null || peer != Peer.AWARE) {
      return sent;
    }
    Stamp filled =
        new Stamp(sent.stamp().sequence(), came.receivedNanos(), came.sentNanos(), came.count());
    return new FrameHead(sent.type(), sent.payloadBytes(), sent.more(), filled);
  }

  private void readContent(ByteBuf content) throws EchoException {
    if (error != null) {
      int bytes = Math.min(content.readableBytes(), MAX_ERROR_BYTES - error.readableBytes());
      error.writeBytes(content, content.readerIndex(), bytes);
    } else {
      Replies.show(content, config.replies());
      expectations.verify(content);
    }
  }

  private void readEnd() throws EchoException {
    if (error != null) {
      throw refused(error);
    }
    expectations.complete();
  }

  private RefusedException refused(ByteBuf payload) {
    error = null;
    FrameError why = FrameError.read(payload);
    payload.release();
    return new RefusedException(why, expectations.counts());
  }

  @Override
  public @Nullable EchoException explain(Throwable cause) {
    if (cause instanceof NotFramesException not) {
      return notFrames(not.received());
    }
    if (cause instanceof MalformedFrameException malformed) {
      return malformed(malformed);
    }
    if (cause instanceof TruncatedFrameException truncated) {
      return truncated(truncated);
    }
    return null;
  }

  private EchoException notFrames(byte[] received) {
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
        Kind.PREFACE, Difference.at(at, expectedRest, receivedRest), expectations.counts());
  }

  private MismatchException malformed(MalformedFrameException malformed) {
    byte[] actual = ByteBuffer.allocate(Long.BYTES).putLong(malformed.header().orElse(0)).array();
    Expected next = expectations.next();
    if (next == null || next.head() == null) {
      return expectations.surplus(actual);
    }
    return differs(bytes(next.head()), actual, malformed.error().sentence());
  }

  private @Nullable EchoException truncated(TruncatedFrameException cause) {
    if (error != null) {
      return refused(error);
    }
    return expectations.isEmpty() ? expectations.surplus(window(cause.received(), 0)) : null;
  }

  private MismatchException differs(byte[] expected, byte[] actual, String remark) {
    int at = Math.max(0, Arrays.mismatch(expected, actual));
    Difference difference = Difference.at(at, window(expected, at), window(actual, at));
    return new MismatchException(
        at < FrameHeader.BYTES ? Kind.HEADER : Kind.STAMP,
        remark.isEmpty() ? difference : difference.withRemark(remark),
        expectations.counts());
  }

  private static byte[] bytes(PeerPreface preface) {
    ByteBuf out = Unpooled.buffer(Preface.BYTES);
    if (preface == PeerPreface.AWARE) {
      Preface.writeAnswer(out);
    } else {
      Preface.writeRequest(out);
    }
    return drain(out);
  }

  private static byte[] bytes(FrameHead head) {
    ByteBuf out = Unpooled.buffer(FrameHeader.BYTES + Stamp.BYTES);
    head.write(out);
    return drain(out);
  }

  private static byte[] drain(ByteBuf buffer) {
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    buffer.release();
    return bytes;
  }

  private static byte[] window(byte[] bytes, int from) {
    int to = Math.min(bytes.length, from + MismatchException.WINDOW_BYTES);
    return Arrays.copyOfRange(bytes, from, Math.max(from, to));
  }

  @Override
  public void release() {
    if (held != null) {
      ReferenceCountUtil.safeRelease(held);
      held = null;
    }
    if (error != null) {
      error.release();
      error = null;
    }
  }
}
