package dev.echo.echo;

import dev.echo.duplex.EndOfOutput;
import dev.echo.echo.MessageEcho.Ending;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameProgress;
import dev.echo.frame.Preface;
import dev.echo.websocket.CloseReason;
import dev.echo.websocket.FragmentHeader;
import dev.echo.websocket.FragmentHeader.Place;
import dev.echo.websocket.Opcode;
import dev.echo.websocket.WebSocketOpened;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes what a WebSocket client sent into the bytes of its echo, which the {@link EchoHandler}
 * behind it writes back: messages come back as messages of the same type, in fragments as they came
 * in, and are never gathered; a ping becomes a pong. A binary message that is our preface and one
 * frame gets the answer preface, and its stamp is filled, or its question answered.
 *
 * <p>The end of either side is a close frame: the peer's becomes {@link ChannelInputShutdownEvent},
 * and {@link EndOfOutput} writes ours, with the peer's code, or the one of the {@link FrameError}
 * that asked for the end. A peer that has sent a frame gets an ERROR frame before it. Until {@link
 * WebSocketOpened} it only passes on. It stands behind the handshake and directly before the echo.
 * One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the writer's promise.
public final class MessagesHandler extends ChannelDuplexHandler implements FrameProgress {
  private enum Phase {
    HANDSHAKE,
    OPEN,
    PEER_CLOSED,
    ENDING
  }

  private final MessageEcho echo;
  private Phase phase = Phase.HANDSHAKE;
  private @Nullable CloseReason reason = CloseReason.DONE;

  /**
   * Makes a handler for one connection.
   *
   * @param mode {@link EchoMode#AUTO} finds frames, {@link EchoMode#STREAM} looks for none, {@link
   *     EchoMode#FRAMES} takes nothing else
   * @param maxFrameBytes the longest frame or other message: 0 to 4,294,967,295, which sets no
   *     limit to other messages either
   */
  public MessagesHandler(EchoMode mode, long maxFrameBytes) {
    this(mode, maxFrameBytes, null);
  }

  /**
   * Makes a handler for one connection that answers what the server sees of it.
   *
   * @param mode as above
   * @param maxFrameBytes as above
   * @param whoami makes the answer, on the event loop; null returns the question as it came
   */
  public MessagesHandler(
      EchoMode mode, long maxFrameBytes, @Nullable Function<Channel, String> whoami) {
    echo = new MessageEcho(mode, maxFrameBytes, new WhoamiAnswer(whoami));
  }

  @Override
  public boolean isInsideFrame() {
    return echo.isInsideFragment();
  }

  @Override
  public long steps() {
    return echo.steps();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    switch (phase) {
      case OPEN -> read(ctx, (ByteBuf) msg);
      case PEER_CLOSED -> ReferenceCountUtil.release(msg);
      case HANDSHAKE, ENDING -> ctx.fireChannelRead(msg);
    }
  }

  private void read(ChannelHandlerContext ctx, ByteBuf in) {
    ByteBuf out;
    try {
      out = echo.read(ctx, in);
    } finally {
      in.release();
    }
    if (out.isReadable()) {
      ctx.fireChannelRead(out);
    } else {
      out.release();
    }
    Ending ending = echo.ending();
    if (ending != null) {
      end(ctx, ending);
    }
  }

  private void end(ChannelHandlerContext ctx, Ending ending) {
    reason = ending.reason();
    FrameError error = ending.error();
    // Either event flushes behind this handler.
    echo.beforeFlush();
    if (error == null) {
      phase = Phase.PEER_CLOSED;
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      return;
    }
    phase = Phase.ENDING;
    if (echo.takesError()) {
      ctx.write(message(ctx, error), ctx.voidPromise());
    }
    ctx.fireUserEventTriggered(error);
  }

  /** An ERROR frame behind the answer preface: one binary message. */
  private static ByteBuf message(ChannelHandlerContext ctx, FrameError error) {
    ByteBuf frame = error.toFrame(ctx.alloc());
    try {
      int bytes = Preface.BYTES + frame.readableBytes();
      ByteBuf out = ctx.alloc().buffer(FragmentHeader.MAX_BYTES + bytes);
      FragmentHeader.write(out, Opcode.BINARY, Place.LAST, bytes);
      Preface.writeAnswer(out);
      return out.writeBytes(frame);
    } finally {
      frame.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    echo.beforeFlush();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    echo.beforeFlush();
    if (evt == WebSocketOpened.INSTANCE) {
      phase = Phase.OPEN;
    } else if (evt instanceof FrameError error && phase == Phase.OPEN) {
      if (error.is(ErrorCode.DRAINING) && echo.isInsideMessage()) {
        echo.endAfterMessage(error);
      } else {
        end(ctx, new Ending(CloseReason.of(error), error));
      }
    } else {
      ctx.fireUserEventTriggered(evt);
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    CloseReason ours = reason;
    if (msg == EndOfOutput.INSTANCE && phase != Phase.HANDSHAKE && ours != null) {
      reason = null;
      ByteBuf payload = ctx.alloc().buffer(FragmentHeader.MAX_CONTROL_BYTES);
      ours.write(payload);
      ByteBuf out = ctx.alloc().buffer(FragmentHeader.MAX_BYTES + payload.readableBytes());
      FragmentHeader.write(out, Opcode.CLOSE, Place.LAST, payload.readableBytes());
      out.writeBytes(payload);
      payload.release();
      ctx.write(out, ctx.voidPromise());
    }
    ctx.write(msg, promise);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    echo.release();
  }
}
