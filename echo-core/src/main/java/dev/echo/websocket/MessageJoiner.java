package dev.echo.websocket;

import dev.echo.frame.Preface;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Joins the payloads of what a server sends to a stream again, in whatever fragments it comes. Of
 * frames, the first message keeps its preface, and every other loses it: so the stream is what the
 * same server would send over TCP. A message without a preface stays as it is. It holds the first
 * bytes of a message and an unfinished control frame.
 */
final class MessageJoiner {
  private final FragmentWalker walker =
      new FragmentWalker(FragmentWalker.Direction.SERVER_TO_CLIENT);
  private final MessageCutter cutter;
  private final ByteBuf preface = Unpooled.buffer(Preface.BYTES, Preface.BYTES);
  private final ByteBuf control = Unpooled.buffer(0, FragmentHeader.MAX_CONTROL_BYTES);
  private @Nullable ByteBuf pong;
  private @Nullable CloseReason closed;
  private @Nullable CloseReason error;
  private Utf8Validator text = new Utf8Validator();
  private boolean insideFragment;
  private boolean prefaceDue;
  private boolean anyMessage;

  /**
   * Makes the joiner of one connection.
   *
   * @param cutter knows whether frames went out
   */
  MessageJoiner(MessageCutter cutter) {
    this.cutter = cutter;
  }

  /** Reads to the end, or to the close frame; the caller owns what it returns. */
  ByteBuf join(ByteBufAllocator alloc, ByteBuf in) {
    ByteBuf out = alloc.buffer(in.readableBytes() + Preface.BYTES);
    while (closed == null && error == null && step(in, out)) {}
    return out;
  }

  private boolean step(ByteBuf in, ByteBuf out) {
    if (!insideFragment) {
      if (!walker.begin(in)) {
        return false;
      }
      insideFragment = true;
      if (walker.opcode() == Opcode.TEXT || walker.opcode() == Opcode.BINARY) {
        prefaceDue = cutter.carriesFrames() && walker.opcode() == Opcode.BINARY;
        text = new Utf8Validator();
      }
    }
    int bytes = (int) Math.min(in.readableBytes(), walker.remaining());
    if (bytes == 0 && walker.remaining() > 0) {
      return false;
    }
    if (walker.isControl()) {
      control(in, bytes);
    } else {
      data(in, out, bytes);
    }
    insideFragment = walker.remaining() > 0;
    return true;
  }

  private void control(ByteBuf in, int bytes) {
    control.writeBytes(in, bytes);
    walker.skip(bytes);
    if (walker.remaining() > 0) {
      return;
    }
    if (walker.opcode() == Opcode.PING) {
      pong = Unpooled.copiedBuffer(control);
    } else if (walker.opcode() == Opcode.CLOSE) {
      CloseReason answer = CloseReason.answerTo(control);
      // Only what is wrong with a close frame is answered with a sentence.
      closed = answer.sentence().isEmpty() ? CloseReason.read(control) : null;
      error = closed == null ? answer : null;
    }
    control.clear();
  }

  private void data(ByteBuf in, ByteBuf out, int bytes) {
    if (walker.messageOpcode() == Opcode.TEXT && !isText(in, bytes)) {
      error = new CloseReason(CloseReason.INVALID_PAYLOAD, "a text message that is no UTF-8");
      return;
    }
    int left = bytes;
    if (prefaceDue) {
      int taken = Math.min(left, preface.writableBytes());
      preface.writeBytes(in, taken);
      walker.skip(taken);
      left -= taken;
      boolean ends = walker.isLast() && walker.remaining() == 0;
      if (!preface.isWritable() || ends) {
        prefaceDue = false;
        pass(out);
      }
    }
    out.writeBytes(in, left);
    walker.skip(left);
  }

  private boolean isText(ByteBuf in, int bytes) {
    boolean ends = walker.isLast() && walker.remaining() == bytes;
    return text.accept(in, in.readerIndex(), bytes) && (!ends || text.isComplete());
  }

  private void pass(ByteBuf out) {
    boolean isPreface =
        preface.readableBytes() == Preface.BYTES
            && (Preface.isRequest(preface.getLong(0)) || Preface.isAnswer(preface.getLong(0)));
    if (!isPreface || !anyMessage) {
      out.writeBytes(preface);
    }
    anyMessage = true;
    preface.clear();
  }

  /** The payload of the last ping, once, or null. */
  @Nullable ByteBuf takePong() {
    ByteBuf taken = pong;
    pong = null;
    return taken;
  }

  /** What the server's close frame said, or null before it. */
  @Nullable CloseReason closed() {
    return closed;
  }

  /** What the server did that breaks the rules, or null. */
  @Nullable CloseReason error() {
    return error != null ? error : walker.error();
  }
}
