package dev.echo.client;

import dev.echo.frame.FrameEnd;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHead;
import dev.echo.frame.FrameType;
import dev.echo.frame.MalformedFrameException;
import dev.echo.frame.NotFramesException;
import dev.echo.frame.PeerPreface;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.frame.TruncatedFrameException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
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
  private final FramingFaults faults;
  private final ClientConfig config;
  private final ChannelFutureListener written;
  private volatile Peer peer = Peer.UNKNOWN;
  private @Nullable ByteBuf held;

  /** What is wrong with a head that only says less payload: the payload decides. */
  private FramingFaults.@Nullable Cut cut;

  /** The payload of the ERROR frame that is being read. */
  private @Nullable ByteBuf error;

  FramesDialect(ClientConfig config, Expectations expectations, ChannelFutureListener written) {
    this.config = config;
    this.expectations = expectations;
    faults = new FramingFaults(expectations);
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
        throw expectations.surplus(FramingFaults.bytes(preface), Preface.BYTES);
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
    Stamp stamp = head.stamp();
    if (stamp != null && stamp.sequence() >= 0 && stamp.sequence() < number(next)) {
      throw expectations.again(
          stamp.sequence() + 1, FramingFaults.window(FramingFaults.bytes(head), 0));
    }
    if (next == null || next.head() == null) {
      throw expectations.surplus(
          FramingFaults.window(FramingFaults.bytes(head), 0), head.wireBytes());
    }
    FrameHead wanted = wanted(next.head(), head.stamp());
    if (FramingFaults.isCut(wanted, head)) {
      cut = new FramingFaults.Cut(wanted, head);
    } else if (!wanted.equals(head)) {
      throw faults.differs(wanted, head);
    }
    if (head.stamp() != null && head.stamp().isFilled()) {
      next.message().stamped(head.stamp());
    }
  }

  /** The number of the message that is to come; if none is, of the one that is sent next. */
  private long number(@Nullable Expected next) {
    return next == null ? expectations.counts().sent() : next.message().number();
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
      verify(content);
    }
  }

  /** If the payload of a frame that says less differs, too, it is the head that is wrong. */
  private void verify(ByteBuf content) throws EchoException {
    FramingFaults.Cut told = cut;
    try {
      expectations.verify(content);
    } catch (MismatchException differs) {
      throw told == null ? differs : faults.differs(told.wanted(), told.came());
    }
  }

  private void readEnd() throws EchoException {
    if (error != null) {
      throw refused(error);
    }
    if (cut != null) {
      throw faults.truncated(cut);
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
      return faults.notFrames(not.received());
    }
    if (cause instanceof MalformedFrameException malformed) {
      return faults.malformed(malformed);
    }
    if (cause instanceof TruncatedFrameException truncated) {
      return truncated(truncated);
    }
    return null;
  }

  private @Nullable EchoException truncated(TruncatedFrameException cause) {
    if (error != null) {
      return refused(error);
    }
    byte[] received = cause.received();
    return expectations.isEmpty()
        ? expectations.surplus(FramingFaults.window(received, 0), received.length)
        : null;
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
