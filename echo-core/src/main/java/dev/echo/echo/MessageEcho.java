package dev.echo.echo;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameProgress;
import dev.echo.frame.HeaderWalker;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
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

  private enum Kind {
    /** May be a frame; its first bytes are held. */
    UNDECIDED,
    /** Returned as it is. */
    OPAQUE,
    /** Our preface and a frame: answered, its stamp filled. */
    FRAME
  }

  private static final int PREFIX_BYTES = Preface.BYTES + FrameHeader.BYTES;
  private static final int HELD_BYTES = PREFIX_BYTES + Stamp.BYTES;

  private final EchoMode mode;
  private final long maxFrameBytes;
  private final FragmentWalker walker =
      new FragmentWalker(FragmentWalker.Direction.CLIENT_TO_SERVER);
  private final HeaderWalker frames;
  private final WhoamiAnswer whoami;
  private final Utf8Validator text = new Utf8Validator();
  private @Nullable StampFiller stamps;
  private @Nullable ByteBuf held;
  private @Nullable ByteBuf control;
  private @Nullable Ending ending;
  private @Nullable FrameError drain;
  private Kind kind = Kind.OPAQUE;
  private boolean insideFragment;
  private boolean outputOpen;
  private boolean answered;
  private long steps;
  private long stepBytes;

  MessageEcho(EchoMode mode, long maxFrameBytes, WhoamiAnswer whoami) {
    this.mode = mode;
    this.maxFrameBytes = maxFrameBytes;
    this.whoami = whoami;
    frames = new HeaderWalker(HeaderWalker.Direction.CLIENT_TO_SERVER, maxFrameBytes);
  }

  /**
   * Reads on, to the end of what is there or until {@link #ending()} is known.
   *
   * @return whole fragments; the caller owns them
   */
  ByteBuf read(ChannelHandlerContext ctx, ByteBuf in) {
    if (stamps != null) {
      stamps.beginRead();
    }
    ByteBuf out = ctx.alloc().buffer(in.readableBytes() + HELD_BYTES + FragmentHeader.MAX_BYTES);
    while (ending == null && step(ctx, in, out)) {
      if (drain != null && !isInsideMessage()) {
        fail(CloseReason.of(drain), drain);
      }
    }
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
      control(ctx, in, out, bytes);
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
      kind =
          mode == EchoMode.STREAM || walker.messageOpcode() == Opcode.TEXT
              ? Kind.OPAQUE
              : Kind.UNDECIDED;
    }
    if (kind == Kind.OPAQUE) {
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

  private void control(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out, int bytes) {
    ByteBuf payload = control;
    if (payload == null) {
      payload = ctx.alloc().buffer(FragmentHeader.MAX_CONTROL_BYTES);
      control = payload;
    }
    walker.moveTo(in, bytes, payload);
    if (walker.remaining() > 0) {
      return;
    }
    if (walker.opcode() == Opcode.PING) {
      FragmentHeader.write(out, Opcode.PONG, Place.LAST, payload.readableBytes());
      out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    } else if (walker.opcode() == Opcode.CLOSE) {
      ending = new Ending(CloseReason.answerTo(payload), null);
    }
    payload.release();
    control = null;
  }

  private void data(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out, int bytes) {
    int left = bytes;
    if (kind == Kind.UNDECIDED) {
      left -= decide(ctx, in, bytes);
    }
    if (kind != Kind.UNDECIDED && ending == null) {
      passOn(ctx, in, out, left);
    }
  }

  /** Moves the beginning of a message aside until it says what it is; returns how much of it. */
  private int decide(ChannelHandlerContext ctx, ByteBuf in, int bytes) {
    ByteBuf begun = held;
    if (begun == null) {
      begun = ctx.alloc().buffer(HELD_BYTES, HELD_BYTES);
      held = begun;
    }
    int moved = 0;
    do {
      int missing = (begun.readableBytes() < PREFIX_BYTES ? PREFIX_BYTES : HELD_BYTES);
      int taken = Math.min(bytes - moved, missing - begun.readableBytes());
      walker.moveTo(in, taken, begun);
      moved += taken;
      kind = look(begun);
    } while (kind == Kind.UNDECIDED && moved < bytes && ending == null);
    if (kind == Kind.OPAQUE && ending == null) {
      checkOpaque();
    }
    return moved;
  }

  private Kind look(ByteBuf begun) {
    int size = begun.readableBytes();
    Kind unfinished = walker.isLast() && walker.remaining() == 0 ? Kind.OPAQUE : Kind.UNDECIDED;
    if (Preface.matchingBytes(begun) < Math.min(size, Preface.BYTES)) {
      return Kind.OPAQUE;
    }
    if (size < PREFIX_BYTES) {
      return unfinished;
    }
    long header = begun.getLong(begun.readerIndex() + Preface.BYTES);
    FrameError error = frames.check(header);
    if (error == null) {
      error = whoami.check(header);
    }
    if (error != null && (mode == EchoMode.FRAMES || error.is(ErrorCode.FRAME_TOO_LARGE))) {
      answered = true;
      fail(error);
    }
    if (error != null || !isWholeMessage(header)) {
      return Kind.OPAQUE;
    }
    if (FrameHeader.hasStamp(header) && size < HELD_BYTES) {
      return unfinished;
    }
    frames.begin(header);
    answered = true;
    begun.setIndex(0, 0);
    Preface.writeAnswer(begun);
    begun.setIndex(0, size);
    return Kind.FRAME;
  }

  /** As far as its fragments have been announced, the message is what the frame's header says. */
  private boolean isWholeMessage(long header) {
    long expected = PREFIX_BYTES + FrameHeader.length(header);
    return walker.isLast() ? walker.messageBytes() == expected : walker.messageBytes() <= expected;
  }

  private void passOn(ChannelHandlerContext ctx, ByteBuf in, ByteBuf out, int bytes) {
    boolean ends = walker.isLast() && bytes == walker.remaining();
    ByteBuf begun = held;
    int size = bytes + (begun == null ? 0 : begun.readableBytes());
    if (size == 0 && !ends) {
      return;
    }
    if (kind == Kind.FRAME && !followsFrame(begun == null ? size : size - PREFIX_BYTES, ends)) {
      fail(new FrameError(ErrorCode.MALFORMED, "a message that is not as long as its frame"));
      return;
    }
    if (kind == Kind.FRAME && begun != null && whoami.isDue(begun.getLong(Preface.BYTES))) {
      begun = answer(ctx, begun);
      size = begun.readableBytes();
    }
    int start = out.writerIndex();
    int opcode = outputOpen ? Opcode.CONTINUATION : walker.messageOpcode();
    FragmentHeader.write(out, opcode, ends ? Place.LAST : Place.MORE_FOLLOWS, size);
    int payload = out.writerIndex();
    if (begun != null) {
      out.writeBytes(begun);
      begun.release();
      held = null;
      fillStamp(out, payload);
    }
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

  /** Makes a question, which is a frame without payload, into its answer. */
  private ByteBuf answer(ChannelHandlerContext ctx, ByteBuf question) {
    ByteBuf frame = whoami.frame(ctx);
    ByteBuf answer = ctx.alloc().buffer(Preface.BYTES + frame.readableBytes());
    answer.writeBytes(question, Preface.BYTES).writeBytes(frame);
    frame.release();
    question.release();
    held = answer;
    return answer;
  }

  private boolean followsFrame(int bytes, boolean ends) {
    if (bytes > frames.remaining()) {
      return false;
    }
    frames.skip(bytes);
    return !ends || frames.remaining() == 0;
  }

  private void fillStamp(ByteBuf out, int payload) {
    if (kind == Kind.FRAME && FrameHeader.hasStamp(out.getLong(payload + Preface.BYTES))) {
      if (stamps == null) {
        stamps = new StampFiller();
      }
      stamps.fillReceived(out, payload + PREFIX_BYTES);
    }
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

  void fillSent() {
    if (stamps != null) {
      stamps.fillSent();
    }
  }

  void release() {
    fillSent();
    if (held != null) {
      held.release();
      held = null;
    }
    if (control != null) {
      control.release();
      control = null;
    }
  }
}
