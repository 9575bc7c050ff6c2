package dev.echo.echo;

import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.HeaderWalker;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.websocket.FragmentHeader.Place;
import dev.echo.websocket.FragmentWalker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * The frame that a binary message of a WebSocket may be, behind our preface. Holds the beginning of
 * the message until that says what it is; then the preface is answered and the stamp filled.
 */
final class FrameInMessage {
  /** What the message under way is. */
  enum Kind {
    /** May be a frame; its first bytes are held. */
    UNDECIDED,
    /** Returned as it is. */
    OPAQUE,
    /** Our preface and a frame: answered, its stamp filled. */
    FRAME
  }

  private static final int PREFIX_BYTES = Preface.BYTES + FrameHeader.BYTES;

  /** The most that is held. */
  static final int HELD_BYTES = PREFIX_BYTES + Stamp.BYTES;

  private final FragmentWalker walker;
  private final WhoamiAnswer whoami;
  private final HeaderWalker frames;
  private @Nullable StampFiller stamps;
  private @Nullable ByteBuf held;
  private @Nullable FrameError error;
  private Kind kind = Kind.OPAQUE;

  FrameInMessage(FragmentWalker walker, long maxFrameBytes, WhoamiAnswer whoami) {
    this.walker = walker;
    this.whoami = whoami;
    frames = new HeaderWalker(HeaderWalker.Direction.CLIENT_TO_SERVER, maxFrameBytes);
  }

  /** What the message under way is, as far as it has come. */
  Kind kind() {
    return kind;
  }

  /** Begins with another message. */
  void begin(Kind first) {
    kind = first;
    error = null;
  }

  /** What is wrong with the header of a frame, so that the message is opaque; else null. */
  @Nullable FrameError error() {
    return error;
  }

  /** Moves the beginning of a message aside until it says what it is; returns how much of it. */
  int decide(ChannelHandlerContext ctx, ByteBuf in, int bytes) {
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
    } while (kind == Kind.UNDECIDED && moved < bytes);
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
    error = frames.check(header);
    if (error == null) {
      error = whoami.check(header);
    }
    if (error != null || !isWholeMessage(header)) {
      return Kind.OPAQUE;
    }
    if (FrameHeader.hasStamp(header) && size < HELD_BYTES) {
      return unfinished;
    }
    frames.begin(header);
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

  int heldBytes() {
    return held == null ? 0 : held.readableBytes();
  }

  /** Whether the message can be as long as its frame with what is held and the next bytes. */
  boolean follows(int bytes, Place place) {
    if (kind != Kind.FRAME) {
      return true;
    }
    int more = held == null ? bytes : bytes + held.readableBytes() - PREFIX_BYTES;
    if (more > frames.remaining()) {
      return false;
    }
    frames.skip(more);
    return place == Place.MORE_FOLLOWS || frames.remaining() == 0;
  }

  /** Makes a question, which is a frame without payload, into its answer. */
  void answer(ChannelHandlerContext ctx) {
    ByteBuf question = held;
    if (kind == Kind.FRAME && question != null && whoami.isDue(question.getLong(Preface.BYTES))) {
      ByteBuf frame = whoami.frame(ctx);
      ByteBuf answer = ctx.alloc().buffer(Preface.BYTES + frame.readableBytes());
      answer.writeBytes(question, Preface.BYTES).writeBytes(frame);
      frame.release();
      question.release();
      held = answer;
    }
  }

  /** Writes what is held, its stamp filled. */
  void writeHeld(ChannelHandlerContext ctx, ByteBuf out) {
    ByteBuf begun = held;
    if (begun == null) {
      return;
    }
    int start = out.writerIndex();
    out.writeBytes(begun);
    begun.release();
    held = null;
    if (kind == Kind.FRAME && FrameHeader.hasStamp(out.getLong(start + Preface.BYTES))) {
      if (stamps == null) {
        stamps = new StampFiller(ctx.pipeline());
      }
      stamps.fillReceived(out, start + PREFIX_BYTES);
    }
  }

  void beginRead() {
    if (stamps != null) {
      stamps.beginRead();
    }
  }

  /** What {@link #writeHeld} has written to is about to be written itself. */
  void beforeWrite(ByteBuf out) {
    if (stamps != null) {
      stamps.beforeWrite(out);
    }
  }

  void beforeFlush() {
    if (stamps != null) {
      stamps.beforeFlush();
    }
  }

  void release() {
    beforeFlush();
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
