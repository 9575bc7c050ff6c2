package dev.echo.echo;

import dev.echo.websocket.CloseReason;
import dev.echo.websocket.FragmentHeader;
import dev.echo.websocket.FragmentHeader.Place;
import dev.echo.websocket.FragmentWalker;
import dev.echo.websocket.Opcode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/** Gathers the control frames of a WebSocket, which are short, and answers each. */
final class ControlEcho {
  private @Nullable ByteBuf held;

  /**
   * Reads on in a control frame; once it is whole a ping is answered.
   *
   * @return the answer to a close frame; null if it is another one, or not whole yet
   */
  @Nullable CloseReason read(
      ChannelHandlerContext ctx, FragmentWalker walker, ByteBuf in, int bytes, ByteBuf out) {
    ByteBuf payload = held;
    if (payload == null) {
      payload = ctx.alloc().buffer(FragmentHeader.MAX_CONTROL_BYTES);
      held = payload;
    }
    walker.moveTo(in, bytes, payload);
    if (walker.remaining() > 0) {
      return null;
    }
    CloseReason close = null;
    if (walker.opcode() == Opcode.PING) {
      FragmentHeader.write(out, Opcode.PONG, Place.LAST, payload.readableBytes());
      out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    } else if (walker.opcode() == Opcode.CLOSE) {
      close = CloseReason.answerTo(payload);
    }
    release();
    return close;
  }

  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
