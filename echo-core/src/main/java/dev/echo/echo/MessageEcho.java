package dev.echo.echo;

import dev.echo.echo.FrameInMessage.Kind;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameProgress;
import dev.echo.websocket.CloseReason;
import dev.echo.websocket.FragmentHeader;
import dev.echo.websocket.FragmentHeader.Place;
import dev.echo.websocket.FragmentWalker;
import dev.echo.websocket.Opcode;
import dev.echo.websocket.Utf8Validator;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bytes of a WebSocket's echo from the bytes that a client sent: cut-through. What a read
 * brings of a message goes on as a fragment of its own, so nothing is gathered, and a control frame
 * fits in at any time. Held are at most an unfinished header, a control frame, and the beginning of
 * a binary message that may be a frame behind our preface.
 */
final class MessageEcho {
  /**
   * Why reading ended.
   *
   * @param reason for our close frame
   * @param error for the rest of the pipeline; null if the peer closed
   */
  record Ending(CloseReason reason, @Nullable FrameError error) {}

  private final EchoMode mode;
  private final long maxFrameBytes;
  private final FragmentWalker walker =
      new FragmentWalker(FragmentWalker.Direction.CLIENT_TO_SERVER);
  private final FrameInMessage frame;
  private final ControlEcho control = new ControlEcho();
  private final Utf8Validator text = new Utf8Validator();
  private @Nullable Ending ending;
  private @Nullable FrameError drain;
  private boolean insideFragment;
  private boolean outputOpen;
  private boolean answered;
  private long steps;
  private long stepBytes;

  MessageEcho(EchoMode mode, long maxFrameBytes, WhoamiAnswer whoami) {
    this.mode = mode;
    this.maxFrameBytes = maxFrameBytes;
    frame = new FrameInMessage(walker, maxFrameBytes, whoami);
  }

  /**
   * Reads on, to the end of what is there or until {@link #ending()} is known.
   *
   * @return whole fragments; the caller owns them
   */
  ByteBuf read(ChannelHandlerContext ctx, ByteBuf in) {
    frame.beginRead();
    ByteBuf out =
        ctx.alloc()
            .buffer(in.readableBytes() + FrameInMessage.HELD_BYTES + FragmentHeader.MAX_BYTES);
    while (ending == null && step(ctx, in, out)) {
      if (drain != null && !isInsideMessage()) {
        fail(CloseReason.of(drain), drain);
      }
    }
    frame.beforeWrite(out);
    return out;
  }

  /** Does the next thing; false if more input must come. */
  private boolean step(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out) {
    if (!insideFragment) {
      if (!walker.begin(in)) {
        CloseReason broken = walker.error();
        if (broken != null) {
          fail(broken, new FrameError(ErrorCode.MALFORMED, "WebSocket: " + broken.sentence()));
        }
        return false;
      }
      begin();
    }
    int bytes = (int) Math.min(in.readableBytes(), walker.remaining());
    if (ending != null || (bytes == 0 && walker.remaining() > 0)) {
      return false;
    }
    count(bytes);
    if (walker.isControl()) {
      CloseReason close = control.read(ctx, walker, in, bytes, out);
      if (close != null) {
        ending = new Ending(close, null);
      }
    } else {
      data(ctx, in, out, bytes);
    }
    insideFragment = walker.remaining() > 0;
    return true;
  }

  private void begin() {
    insideFragment = true;
    steps++;
    if (walker.isControl()) {
      return;
    }
    if (walker.opcode() != Opcode.CONTINUATION) {
      text.reset();
      frame.begin(
          mode == EchoMode.STREAM || walker.messageOpcode() == Opcode.TEXT
              ? Kind.OPAQUE
              : Kind.UNDECIDED);
    }
    if (frame.kind() == Kind.OPAQUE) {
      checkOpaque();
    }
  }

  private void checkOpaque() {
    if (mode == EchoMode.FRAMES) {
      String why = "no frame, and this listener takes frames only";
      answered = true;
      fail(new CloseReason(CloseReason.UNSUPPORTED, why), new FrameError(ErrorCode.MALFORMED, why));
    } else if (maxFrameBytes < FrameHeader.MAX_LENGTH && walker.messageBytes() > maxFrameBytes) {
      fail(
          new FrameError(
              ErrorCode.FRAME_TOO_LARGE,
              "message of " + walker.messageBytes() + " bytes (allowed: " + maxFrameBytes + ")"));
    }
  }

  private void count(int bytes) {
    stepBytes += bytes;
    if (stepBytes >= FrameProgress.STEP_BYTES || bytes == walker.remaining()) {
      stepBytes = 0;
      steps++;
    }
  }

  private void data(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out, int bytes) {
    int left = bytes;
    if (frame.kind() == Kind.UNDECIDED) {
      left -= frame.decide(ctx, in, bytes);
      checkDecided();
    }
    if (frame.kind() != Kind.UNDECIDED && ending == null) {
      passOn(ctx, in, out, left);
    }
  }

  private void checkDecided() {
    FrameError error = frame.error();
    if (error != null && (mode == EchoMode.FRAMES || error.is(ErrorCode.FRAME_TOO_LARGE))) {
      answered = true;
      fail(error);
    } else if (frame.kind() == Kind.OPAQUE) {
      checkOpaque();
    }
    answered |= frame.kind() == Kind.FRAME;
  }

  private void passOn(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out, int bytes) {
    boolean ends = walker.isLast() && bytes == walker.remaining();
    Place place = ends ? Place.LAST : Place.MORE_FOLLOWS;
    if (bytes + frame.heldBytes() == 0 && !ends) {
      return;
    }
    if (!frame.follows(bytes, place)) {
      fail(new FrameError(ErrorCode.MALFORMED, "a message that is not as long as its frame"));
      return;
    }
    frame.answer(ctx);
    int size = bytes + frame.heldBytes();
    int start = out.writerIndex();
    int opcode = outputOpen ? Opcode.CONTINUATION : walker.messageOpcode();
    FragmentHeader.write(out, opcode, place, size);
    int payload = out.writerIndex();
    frame.writeHeld(ctx, out);
    walker.moveTo(in, bytes, out);
    if (walker.messageOpcode() == Opcode.TEXT
        && !(text.accept(out, payload, size) && (!ends || text.isComplete()))) {
      out.writerIndex(start);
      String why = "a text that is no UTF-8";
      fail(
          new CloseReason(CloseReason.INVALID_PAYLOAD, why),
          new FrameError(ErrorCode.MALFORMED, "WebSocket: " + why));
      return;
    }
    outputOpen = !ends;
  }

  private void fail(FrameError error) {
    fail(CloseReason.of(error), error);
  }

  private void fail(CloseReason reason, FrameError error) {
    ending = new Ending(reason, error);
  }

  /** Why it reads no more, or null. */
  @Nullable Ending ending() {
    return ending;
  }

  /** Ends it behind the message under way. */
  void endAfterMessage(FrameError error) {
    drain = error;
  }

  boolean isInsideMessage() {
    return isInsideFragment() || walker.isMessageOpen();
  }

  boolean isInsideFragment() {
    return walker.isInsideFragment();
  }

  /** Whether an ERROR may be written: to a peer that knows frames, and not inside a message. */
  boolean takesError() {
    return answered && !outputOpen;
  }

  long steps() {
    return steps;
  }

  void beforeFlush() {
    frame.beforeFlush();
  }

  void release() {
    frame.release();
    control.release();
  }
}
