package dev.echo.frame;

import dev.echo.duplex.EndOfOutput;
import dev.echo.frame.HeaderWalker.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.UnsupportedMessageTypeException;
import io.netty.util.ReferenceCountUtil;

/**
 * Writes frames: takes a {@link FrameHead}, then buffers that hold exactly its payload, in as many
 * pieces as the caller likes. The payload is passed on as it is, never copied. The preface goes out
 * once, in the buffer of the first header. A {@link FrameError} becomes a whole ERROR frame; a
 * {@link FrameEnd} writes nothing, so that what a {@link FrameDecoder} emits can be written as it
 * comes.
 *
 * <p>A write that does not fit fails its promise with an {@link IllegalStateException} and reaches
 * nobody: payload that no head announced, a head or an end while payload is missing, a head of
 * another type inside a message of several frames, an ERROR from a client. Its buffer is released,
 * the frame under way stays as it was. An empty buffer always passes.
 *
 * <p>Last of the outbound handlers that see frames; between it and the socket there are bytes. Not
 * sharable: it belongs to one channel and its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the caller's own promise.
public final class FrameEncoder extends ChannelOutboundHandlerAdapter {
  private final Direction direction;
  private final HeaderWalker walker;
  private boolean opened;

  private FrameEncoder(Direction direction) {
    this.direction = direction;
    this.walker = new HeaderWalker(direction, FrameHeader.MAX_LENGTH);
  }

  /**
   * Makes the encoder of a client, whose first bytes are the preface's request.
   *
   * @return an encoder for one channel
   */
  public static FrameEncoder forClient() {
    return new FrameEncoder(Direction.CLIENT_TO_SERVER);
  }

  /**
   * Makes the encoder of a server, whose first bytes are the preface's answer.
   *
   * @return an encoder for one channel
   */
  public static FrameEncoder forServer() {
    return new FrameEncoder(Direction.SERVER_TO_CLIENT);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof ByteBuf payload) {
      writePayload(ctx, payload, promise);
    } else if (msg instanceof FrameHead head) {
      writeHead(ctx, head, promise);
    } else if (msg instanceof FrameEnd) {
      writeEnd(promise);
    } else if (msg instanceof FrameError error) {
      writeError(ctx, error, promise);
    } else if (msg == EndOfOutput.INSTANCE) {
      ctx.write(msg, promise);
    } else {
      ReferenceCountUtil.release(msg);
      promise.tryFailure(
          new UnsupportedMessageTypeException(
              msg, FrameHead.class, ByteBuf.class, FrameEnd.class, FrameError.class));
    }
  }

  private void writePayload(ChannelHandlerContext ctx, ByteBuf payload, ChannelPromise promise) {
    int bytes = payload.readableBytes();
    if (bytes > walker.remaining()) {
      payload.release();
      refuse(promise, bytes + " bytes of payload, but the frame takes " + walker.remaining());
      return;
    }
    walker.skip(bytes);
    ctx.write(payload, promise);
  }

  private void writeHead(ChannelHandlerContext ctx, FrameHead head, ChannelPromise promise) {
    long header = head.header();
    if (!enter(header, promise)) {
      return;
    }
    Stamp stamp = head.stamp();
    ByteBuf out =
        ctx.alloc().ioBuffer(Preface.BYTES + FrameHeader.BYTES + (stamp == null ? 0 : Stamp.BYTES));
    open(out);
    head.write(out);
    if (stamp != null) {
      walker.skip(Stamp.BYTES);
    }
    ctx.write(out, promise);
  }

  private void writeEnd(ChannelPromise promise) {
    if (walker.remaining() != 0) {
      refuse(promise, walker.remaining() + " bytes of payload are missing at the end of a frame");
    } else {
      promise.trySuccess();
    }
  }

  private void writeError(ChannelHandlerContext ctx, FrameError error, ChannelPromise promise) {
    if (!enter(FrameHeader.of(FrameType.ERROR, error.payloadBytes()), promise)) {
      return;
    }
    walker.skip(walker.remaining());
    ByteBuf out = ctx.alloc().ioBuffer(Preface.BYTES + FrameHeader.BYTES + error.payloadBytes());
    open(out);
    error.writeFrame(out);
    ctx.write(out, promise);
  }

  private boolean enter(long header, ChannelPromise promise) {
    if (walker.remaining() != 0) {
      refuse(promise, walker.remaining() + " bytes of payload are missing before the next frame");
      return false;
    }
    FrameError error = walker.begin(header);
    if (error != null) {
      refuse(promise, error.sentence());
      return false;
    }
    return true;
  }

  private void open(ByteBuf out) {
    if (opened) {
      return;
    }
    opened = true;
    if (direction == Direction.CLIENT_TO_SERVER) {
      Preface.writeRequest(out);
    } else {
      Preface.writeAnswer(out);
    }
  }

  private static void refuse(ChannelPromise promise, String why) {
    promise.tryFailure(new IllegalStateException(why));
  }
}
