package dev.echo.echo;

import static dev.echo.frame.FrameHeader.hasStamp;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameProgress;
import dev.echo.frame.HeaderWalker;
import dev.echo.frame.HeaderWalker.Direction;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes frames on in the buffers they came in: cut-through. It walks from header to header inside
 * each buffer, fills stamps in place, and holds nothing but an incomplete header and stamp, so a
 * message of any size costs the same. A malformed or over-long frame is cut off and answered with
 * an ERROR; a {@link FrameError} event from before is answered likewise, at once between frames,
 * and for draining behind the frame under way. Then the event goes on to the {@link EchoHandler},
 * which ends the connection. It stands behind the preface's {@link DetectHandler}. One per
 * connection.
 */
public final class FramesHandler extends ChannelInboundHandlerAdapter implements FrameProgress {
  private static final int HELD_BYTES = FrameHeader.BYTES + Stamp.BYTES;

  private final HeaderWalker walker;
  private final WhoamiAnswer whoami;
  private @Nullable StampFiller stamps;
  private @Nullable ByteBuf held;
  private @Nullable FrameError drain;
  private boolean ended;
  private boolean removed;
  private long steps;
  private long stepBytes;

  /**
   * Makes a handler for one connection.
   *
   * @param maxFrameBytes the longest frame allowed, stamp included: 0 to 4,294,967,295
   */
  public FramesHandler(long maxFrameBytes) {
    this(maxFrameBytes, null);
  }

  /**
   * Makes a handler for one connection that answers what the server sees of it.
   *
   * @param maxFrameBytes the longest frame allowed, stamp included: 0 to 4,294,967,295
   * @param whoami makes the answer, on the event loop; null returns the question as it came
   */
  public FramesHandler(long maxFrameBytes, @Nullable Function<Channel, String> whoami) {
    walker = new HeaderWalker(Direction.CLIENT_TO_SERVER, maxFrameBytes);
    this.whoami = new WhoamiAnswer(whoami);
  }

  @Override
  public boolean isInsideFrame() {
    return walker.remaining() > 0 || held != null;
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public boolean isOver() {
    return removed;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (ended) {
      ctx.fireChannelRead(msg);
      return;
    }
    if (stamps != null) {
      stamps.beginRead();
    }
    ByteBuf in = (ByteBuf) msg;
    FrameError error = completeHeld(ctx, in);
    int index = in.readerIndex();
    int end = in.writerIndex();
    while (error == null && index < end) {
      if (walker.remaining() > 0) {
        index += passPayload(end - index);
      } else {
        int head = headBytes(in, index);
        if (head > end - index) {
          held = ctx.alloc().buffer(HELD_BYTES, HELD_BYTES).writeBytes(in, index, end - index);
          break;
        }
        error = begin(ctx, in, index);
        if (error == null && isQuestion(in, index)) {
          passBefore(ctx, in, index);
          in.skipBytes(head);
          answer(ctx);
        }
        index += error == null ? head : 0;
      }
      if (error == null && walker.remaining() == 0) {
        error = drain;
      }
    }
    pass(ctx, in, index);
    if (error != null) {
      end(ctx, error);
    }
  }

  /** The bytes that must be there before the header at an index can be passed on. */
  private int headBytes(ByteBuf in, int index) {
    if (in.writerIndex() - index < FrameHeader.BYTES) {
      return FrameHeader.BYTES;
    }
    long header = in.getLong(index);
    return hasStamp(header) && walker.check(header) == null ? HELD_BYTES : FrameHeader.BYTES;
  }

  private @Nullable FrameError begin(ChannelHandlerContext ctx, ByteBuf in, int index) {
    long header = in.getLong(index);
    FrameError error = walker.begin(header);
    if (error == null) {
      error = whoami.check(header);
    }
    if (error == null) {
      steps++;
      if (hasStamp(header)) {
        walker.skip(Stamp.BYTES);
        if (stamps == null) {
          stamps = new StampFiller(ctx.pipeline());
        }
        stamps.fillReceived(in, index + FrameHeader.BYTES);
      }
    }
    return error;
  }

  private int passPayload(int available) {
    int passed = (int) Math.min(available, walker.remaining());
    walker.skip(passed);
    stepBytes += passed;
    if (stepBytes >= STEP_BYTES || walker.remaining() == 0) {
      stepBytes = 0;
      steps++;
    }
    return passed;
  }

  /** Takes what the held header lacks, and passes the header on by itself once it is whole. */
  private @Nullable FrameError completeHeld(ChannelHandlerContext ctx, ByteBuf in) {
    ByteBuf head = held;
    if (head == null) {
      return null;
    }
    // Twice: only a whole header tells whether a stamp belongs to it.
    move(in, head);
    move(in, head);
    if (head.readableBytes() < headBytes(head, 0)) {
      return null;
    }
    held = null;
    FrameError error = begin(ctx, head, 0);
    boolean isQuestion = error == null && isQuestion(head, 0);
    pass(ctx, head, error == null && !isQuestion ? head.writerIndex() : 0);
    if (isQuestion) {
      answer(ctx);
    }
    return error != null ? error : walker.remaining() == 0 ? drain : null;
  }

  private void move(ByteBuf in, ByteBuf head) {
    int missing = headBytes(head, 0) - head.readableBytes();
    head.writeBytes(in, Math.min(Math.max(missing, 0), in.readableBytes()));
  }

  /** Passes on what is readable before an index, and drops the rest. */
  private void pass(ChannelHandlerContext ctx, ByteBuf in, int end) {
    beforeWrite(in);
    if (end > in.readerIndex()) {
      ctx.fireChannelRead(in.writerIndex(end));
    } else {
      in.release();
    }
  }

  private boolean isQuestion(ByteBuf in, int index) {
    return whoami.isDue(in.getLong(index));
  }

  /** Echoes what stands in front of the question, so that the answer comes in its place. */
  private void passBefore(ChannelHandlerContext ctx, ByteBuf in, int index) {
    beforeWrite(in);
    if (index > in.readerIndex()) {
      ctx.fireChannelRead(in.readRetainedSlice(index - in.readerIndex()));
    }
  }

  private void answer(ChannelHandlerContext ctx) {
    ctx.write(whoami.frame(ctx), ctx.voidPromise());
  }

  private void end(ChannelHandlerContext ctx, FrameError error) {
    ended = true;
    if (walker.remaining() == 0) {
      ctx.write(error.toFrame(ctx.alloc()), ctx.voidPromise());
    }
    ctx.fireUserEventTriggered(error);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    beforeFlush();
    ctx.fireChannelReadComplete();
  }

  private void beforeWrite(ByteBuf in) {
    if (stamps != null) {
      stamps.beforeWrite(in);
    }
  }

  private void beforeFlush() {
    if (stamps != null) {
      stamps.beforeFlush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    // Either event flushes behind this handler.
    beforeFlush();
    if (evt instanceof FrameError error && !ended) {
      if (error.is(ErrorCode.DRAINING) && isInsideFrame()) {
        drain = error;
      } else {
        end(ctx, error);
      }
      return;
    }
    if (evt instanceof ChannelInputShutdownEvent && held != null) {
      ByteBuf head = held;
      held = null;
      ctx.fireChannelRead(head);
    }
    ctx.fireUserEventTriggered(evt);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    beforeFlush();
    ReferenceCountUtil.release(held);
    held = null;
    removed = true;
  }
}
