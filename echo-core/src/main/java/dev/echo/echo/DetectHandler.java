package dev.echo.echo;

import dev.echo.endpoint.AwakeTimer;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.Preface;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Reads the first bytes of a connection and decides whether it speaks frames. The first byte that
 * differs from the preface makes it a stream at once; a whole preface is answered and taken out; a
 * beginning of it is held until more comes, the peer finishes, or the time for it is over, so
 * nothing freezes and no byte is lost. Having decided it leaves the pipeline, and for a stream
 * takes the {@link FramesHandler} behind it along. It stands directly before that. One per
 * connection.
 */
public final class DetectHandler extends ChannelInboundHandlerAdapter {
  private final EchoMode mode;
  private final long holdNanos;
  private final FramesHandler frames;
  private @Nullable ByteBuf held;
  private @Nullable AwakeTimer deadline;

  /**
   * Makes a handler for one connection.
   *
   * @param mode {@link EchoMode#AUTO} or {@link EchoMode#FRAMES}
   * @param holdNanos how long a beginning of the preface may stay one, in nanoseconds; 0 for ever
   * @param frames the next handler
   */
  public DetectHandler(EchoMode mode, long holdNanos, FramesHandler frames) {
    this.mode = mode;
    this.holdNanos = holdNanos;
    this.frames = frames;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    ByteBuf begun = held;
    if (begun != null) {
      held = null;
      in = begun.alloc().compositeBuffer(2).addComponents(true, begun, in);
    }
    int matching = Preface.matchingBytes(in);
    if (matching == Preface.BYTES) {
      frames(ctx, in);
    } else if (matching < in.readableBytes()) {
      noFrames(ctx, in);
    } else {
      hold(ctx, in, begun == null);
    }
  }

  /** What is held is copied out of the receive buffer: at most seven bytes. */
  private void hold(ChannelHandlerContext ctx, ByteBuf in, boolean first) {
    try {
      held = ctx.alloc().buffer(Preface.BYTES, Preface.BYTES).writeBytes(in);
    } finally {
      in.release();
    }
    if (first && holdNanos > 0) {
      deadline = new AwakeTimer(ctx.executor(), () -> releaseHeld(ctx));
      deadline.atMost(holdNanos);
    }
  }

  private void releaseHeld(ChannelHandlerContext ctx) {
    ByteBuf begun = held;
    if (begun != null) {
      held = null;
      noFrames(ctx, begun);
      ctx.fireChannelReadComplete();
    }
  }

  private void frames(ChannelHandlerContext ctx, ByteBuf in) {
    // Past the frames: it goes the way of an echo, in the place of the preface.
    ctx.pipeline().context(frames).fireChannelRead(answer(ctx));
    in.skipBytes(Preface.BYTES);
    leave(ctx);
    if (in.isReadable()) {
      ctx.fireChannelRead(in);
    } else {
      in.release();
    }
  }

  private void noFrames(ChannelHandlerContext ctx, ByteBuf in) {
    if (mode == EchoMode.FRAMES) {
      in.release();
      ctx.write(answer(ctx), ctx.voidPromise());
      leave(ctx);
      ctx.fireUserEventTriggered(
          new FrameError(ErrorCode.MALFORMED, "no preface, and this listener takes frames only"));
    } else {
      leave(ctx);
      ctx.pipeline().remove(frames);
      ctx.fireChannelRead(in);
    }
  }

  private static ByteBuf answer(ChannelHandlerContext ctx) {
    ByteBuf answer = ctx.alloc().buffer(Preface.BYTES);
    Preface.writeAnswer(answer);
    return answer;
  }

  private void leave(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.end();
    }
    ctx.pipeline().remove(this);
  }

  /**
   * Whatever ends the connection now, the peer's FIN or the server, finds the bytes held already on
   * their way. Without a byte there is nothing to be decided any more: no frame can follow an end.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof ChannelInputShutdownEvent || evt instanceof FrameError) {
      releaseHeld(ctx);
      if (!ctx.isRemoved()) {
        leave(ctx);
        ctx.pipeline().remove(frames);
      }
    }
    ctx.fireUserEventTriggered(evt);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    ReferenceCountUtil.release(held);
    held = null;
    if (deadline != null) {
      deadline.end();
    }
  }
}
