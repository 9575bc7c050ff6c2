package dev.echo.websocket;

import dev.echo.duplex.EndOfOutput;
import dev.echo.duplex.EndSign;
import dev.echo.text.EscapedText;
import dev.echo.websocket.FragmentHeader.Place;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/**
 * Carries a client's stream over WebSocket messages, so that nobody behind it knows of them. Bytes
 * that begin with our preface go out cut into frames, one a message, each with a preface in front;
 * others go out as a message for each write. What comes back is joined to a stream again. A ping is
 * answered.
 *
 * <p>{@link EndOfOutput} becomes a close frame, and the server's close frame becomes {@link
 * ChannelInputShutdownEvent}; one whose code tells of more than an end is shown before it, as a
 * {@link WebSocketException}, and so is a server that breaks the rules. Behind {@link
 * ClientHandshakeHandler}. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the writer's promise.
public final class ClientMessagesHandler extends ChannelDuplexHandler {
  private static final int SHOWN_CHARACTERS = 125;

  private final MessageCutter cutter;
  private final MessageJoiner joiner;
  private boolean inputEnded;
  private boolean outputEnded;
  private @Nullable ByteBuf pong;

  private ClientMessagesHandler(MessageCutter cutter) {
    this.cutter = cutter;
    joiner = new MessageJoiner(cutter);
  }

  /**
   * Makes a handler that finds out by the first bytes whether frames are written.
   *
   * @return for one connection
   */
  public static ClientMessagesHandler detecting() {
    return new ClientMessagesHandler(MessageCutter.detecting());
  }

  /**
   * Makes a handler that takes nothing for frames.
   *
   * @return for one connection
   */
  public static ClientMessagesHandler stream() {
    return new ClientMessagesHandler(MessageCutter.stream());
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg == EndOfOutput.INSTANCE) {
      end(ctx, promise);
    } else if (outputEnded) {
      ReferenceCountUtil.release(msg);
      promise.tryFailure(new ClosedChannelException());
    } else {
      cut(ctx, (ByteBuf) msg, promise);
    }
  }

  private void cut(ChannelHandlerContext ctx, ByteBuf in, ChannelPromise promise) {
    try {
      ByteBuf out = cutter.cut(ctx.alloc(), in);
      while (in.isReadable()) {
        ctx.write(out, ctx.voidPromise());
        out = cutter.cut(ctx.alloc(), in);
      }
      ctx.write(out, promise);
    } finally {
      in.release();
    }
    answerPing(ctx);
  }

  /** A fragment that is not whole cannot be closed behind: then the connection just ends. */
  private void end(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (outputEnded) {
      ctx.write(Unpooled.EMPTY_BUFFER, promise);
    } else if (cutter.isBetweenFragments()) {
      close(ctx, CloseReason.DONE, promise);
    } else {
      outputEnded = true;
      ctx.write(EndOfOutput.INSTANCE, promise);
    }
  }

  private void close(ChannelHandlerContext ctx, CloseReason reason, ChannelPromise promise) {
    outputEnded = true;
    ByteBuf payload = Unpooled.buffer(FragmentHeader.MAX_CONTROL_BYTES);
    reason.write(payload);
    ctx.write(control(ctx, Opcode.CLOSE, payload), promise);
  }

  private static ByteBuf control(ChannelHandlerContext ctx, int opcode, ByteBuf payload) {
    int key = MaskingKeys.next();
    int bytes = payload.readableBytes();
    ByteBuf out = ctx.alloc().ioBuffer(FragmentHeader.MAX_MASKED_BYTES + bytes);
    FragmentHeader.writeMasked(out, opcode, Place.LAST, bytes, key);
    Mask.move(payload, bytes, out, key);
    return out;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ByteBuf in = (ByteBuf) msg;
    if (inputEnded) {
      in.release();
      return;
    }
    ByteBuf out;
    try {
      out = joiner.join(ctx.alloc(), in);
    } finally {
      in.release();
    }
    if (out.isReadable()) {
      ctx.fireChannelRead(out);
    } else {
      out.release();
    }
    ByteBuf asked = joiner.takePong();
    pong = asked != null ? asked : pong;
    answerPing(ctx);
    CloseReason broken = joiner.error();
    CloseReason closed = joiner.closed();
    if (broken == null && closed != null) {
      int code = closed.code() == CloseReason.NO_CODE ? 0 : closed.code();
      ctx.fireUserEventTriggered(EndSign.closeFrame(code, closed.sentence()));
    }
    if (broken != null) {
      inputEnded(ctx, broken, WebSocketException.violation(broken.sentence()));
    } else if (closed != null) {
      inputEnded(ctx, new CloseReason(closed.code(), ""), meaning(closed));
    }
  }

  /** Only behind a whole fragment; the last ping is answered if there are several (5.5.3). */
  private void answerPing(ChannelHandlerContext ctx) {
    ByteBuf payload = pong;
    if (payload != null && cutter.isBetweenFragments()) {
      pong = null;
      if (!outputEnded) {
        ctx.writeAndFlush(control(ctx, Opcode.PONG, payload), ctx.voidPromise());
      }
    }
  }

  private static @Nullable WebSocketException meaning(CloseReason closed) {
    return switch (closed.code()) {
      case CloseReason.NORMAL, CloseReason.GOING_AWAY, CloseReason.NO_CODE -> null;
      default ->
          WebSocketException.closed(
              "closed with code "
                  + closed.code()
                  + (closed.sentence().isEmpty()
                      ? ""
                      : ": " + EscapedText.of(closed.sentence(), SHOWN_CHARACTERS)));
    };
  }

  private void inputEnded(
      ChannelHandlerContext ctx, CloseReason answer, @Nullable WebSocketException why) {
    inputEnded = true;
    if (!outputEnded && cutter.isBetweenFragments()) {
      close(ctx, answer, ctx.newPromise());
      ctx.flush();
    }
    if (why != null) {
      ctx.fireExceptionCaught(why);
    }
    ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof ChannelInputShutdownEvent) {
      if (inputEnded) {
        return; // The close frame has told it already.
      }
      inputEnded = true;
    }
    ctx.fireUserEventTriggered(evt);
  }
}
