package dev.echo.websocket;

import dev.echo.frame.FrameHeader;
import dev.echo.frame.HeaderWalker;
import dev.echo.frame.Preface;
import dev.echo.websocket.FragmentHeader.Place;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Cuts what a client writes into messages. A stream that begins with our preface is cut into its
 * frames: each becomes one binary message with a preface of its own, in one fragment if it is short
 * enough. Any other stream becomes a binary message for each write. The payload is copied on the
 * way, since it must be masked and the writer compares it with what comes back.
 */
final class MessageCutter {
  private enum Mode {
    UNKNOWN,
    FRAMES,
    STREAM
  }

  /** The longest fragment, and about the longest buffer. */
  static final int FRAGMENT_BYTES = 64 * 1024;

  private static final int PREFIX_BYTES = Preface.BYTES + FrameHeader.BYTES;

  private final HeaderWalker walker =
      new HeaderWalker(HeaderWalker.Direction.CLIENT_TO_SERVER, FrameHeader.MAX_LENGTH);
  private Mode mode;
  private long header;
  private int headerBytes;
  private long messageRemaining;
  private long fragmentRemaining;
  private int key;

  private MessageCutter(Mode mode) {
    this.mode = mode;
  }

  static MessageCutter detecting() {
    return new MessageCutter(Mode.UNKNOWN);
  }

  static MessageCutter stream() {
    return new MessageCutter(Mode.STREAM);
  }

  /** Whether frames go out, so that frames come back. */
  boolean carriesFrames() {
    return mode == Mode.FRAMES;
  }

  /** Whether a control frame may be written now. */
  boolean isBetweenFragments() {
    return fragmentRemaining == 0;
  }

  /**
   * Cuts the next bytes.
   *
   * @param in is read, at least in part unless it is empty
   * @return what goes out; the caller owns it
   */
  ByteBuf cut(ByteBufAllocator alloc, ByteBuf in) {
    if (mode == Mode.UNKNOWN && in.isReadable()) {
      mode = Preface.matchingBytes(in) == Preface.BYTES ? Mode.FRAMES : Mode.STREAM;
      in.skipBytes(mode == Mode.FRAMES ? Preface.BYTES : 0);
    }
    ByteBuf out =
        alloc.ioBuffer(
            Math.min(in.readableBytes(), FRAGMENT_BYTES)
                + PREFIX_BYTES
                + FragmentHeader.MAX_MASKED_BYTES);
    if (mode == Mode.FRAMES) {
      while (in.isReadable() && out.readableBytes() < FRAGMENT_BYTES && mode == Mode.FRAMES) {
        cutFrame(in, out);
      }
    } else if (in.isReadable()) {
      messageRemaining = Math.min(in.readableBytes(), FRAGMENT_BYTES);
      beginFragment(out, Opcode.BINARY);
      payload(in, out);
    }
    return out;
  }

  private void cutFrame(ByteBuf in, ByteBuf out) {
    if (messageRemaining > 0) {
      if (fragmentRemaining == 0) {
        beginFragment(out, Opcode.CONTINUATION);
      }
      payload(in, out);
      return;
    }
    while (in.isReadable() && headerBytes < FrameHeader.BYTES) {
      header = header << Byte.SIZE | in.readUnsignedByte();
      headerBytes++;
    }
    if (headerBytes == FrameHeader.BYTES) {
      headerBytes = 0;
      beginMessage(out);
    }
  }

  private void beginMessage(ByteBuf out) {
    boolean sound = walker.begin(header) == null;
    walker.skip(walker.remaining());
    // What only looked like frames goes on as the stream that it is.
    mode = sound ? Mode.FRAMES : Mode.STREAM;
    messageRemaining = sound ? PREFIX_BYTES + FrameHeader.length(header) : FrameHeader.BYTES;
    beginFragment(out, Opcode.BINARY);
    int at = out.writerIndex();
    if (sound) {
      Preface.writeRequest(out);
    }
    out.writeLong(header);
    Mask.apply(out, at, key);
    passed(out.writerIndex() - at);
  }

  private void beginFragment(ByteBuf out, int opcode) {
    fragmentRemaining = Math.min(messageRemaining, FRAGMENT_BYTES);
    key = MaskingKeys.next();
    Place place = fragmentRemaining == messageRemaining ? Place.LAST : Place.MORE_FOLLOWS;
    FragmentHeader.writeMasked(out, opcode, place, fragmentRemaining, key);
  }

  private void payload(ByteBuf in, ByteBuf out) {
    int bytes = (int) Math.min(in.readableBytes(), fragmentRemaining);
    Mask.move(in, bytes, out, key);
    key = Mask.at(key, bytes);
    passed(bytes);
  }

  private void passed(int bytes) {
    messageRemaining -= bytes;
    fragmentRemaining -= bytes;
  }
}
