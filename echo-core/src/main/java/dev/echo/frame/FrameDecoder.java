package dev.echo.frame;

import dev.echo.frame.HeaderWalker.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames as they arrive. Emits, after a client's {@link PeerPreface}, for every frame a
 * {@link FrameHead}, the payload in pieces, and {@link FrameEnd#INSTANCE}. A piece is a slice of
 * what was read, and the next handler owns it; nothing is gathered, and an empty payload has no
 * piece. What is kept between two reads is at most an unfinished header and stamp, as numbers.
 *
 * <p>What is not sound ends it with one exception through {@code exceptionCaught}; whatever arrives
 * afterwards is discarded, and nothing more is asked for:
 *
 * <ul>
 *   <li>{@link NotFramesException}: the first byte that differs from the preface, at once
 *   <li>{@link MalformedFrameException}: a header that breaks the layout or the limit, before any
 *       of its payload
 *   <li>{@link TruncatedFrameException}: end of input inside a preface, a frame or a message of
 *       several frames, before the end is forwarded
 * </ul>
 *
 * <p>First of the inbound handlers that see frames; between the socket and it there are bytes. Not
 * sharable: it belongs to one channel and its event loop. If it is removed from within a message it
 * emits, the bytes behind that message go on undecoded.
 */
public final class FrameDecoder extends ChannelInboundHandlerAdapter {
  private enum Stage {
    PREFACE,
    HEADER,
    STAMP,
    PAYLOAD,
    FAILED
  }

  private static final int STAMP_WORDS = Stamp.BYTES / Long.BYTES;

  private final Direction direction;
  private final HeaderWalker walker;
  private Stage stage = Stage.PREFACE;

  /** The bytes of an unfinished preface, header or word of a stamp, and how many there are. */
  private long word;

  private int wordBytes;
  private long header;
  private final long[] stamp = new long[STAMP_WORDS];
  private int stampWords;
  private boolean emitted;

  private FrameDecoder(Direction direction, long maxFrameBytes) {
    this.direction = direction;
    this.walker = new HeaderWalker(direction, maxFrameBytes);
  }

  /**
   * Makes the decoder of a client, which takes frames of any length.
   *
   * @return a decoder for one channel
   */
  public static FrameDecoder forClient() {
    return forClient(FrameHeader.MAX_LENGTH);
  }

  /**
   * Makes the decoder of a client. It expects its own preface back or an aware server's answer, and
   * emits as {@link PeerPreface} which of them came.
   *
   * @param maxFrameBytes the longest frame allowed, stamp included and header not: 0 to {@link
   *     FrameHeader#MAX_LENGTH}; an ERROR may be longer
   * @return a decoder for one channel
   */
  public static FrameDecoder forClient(long maxFrameBytes) {
    return new FrameDecoder(Direction.SERVER_TO_CLIENT, maxFrameBytes);
  }

  /**
   * Makes the decoder of a server. It expects a client's preface and emits nothing for it.
   *
   * @param maxFrameBytes the longest frame allowed, stamp included and header not: 0 to {@link
   *     FrameHeader#MAX_LENGTH}, which allows all
   * @return a decoder for one channel
   */
  public static FrameDecoder forServer(long maxFrameBytes) {
    return new FrameDecoder(Direction.CLIENT_TO_SERVER, maxFrameBytes);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof ByteBuf in)) {
      emit(ctx, msg);
      return;
    }
    try {
      while (in.isReadable() && !ctx.isRemoved()) {
        step(ctx, in);
      }
      if (in.isReadable()) {
        ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
      }
    } finally {
      in.release();
    }
  }

  private void step(ChannelHandlerContext ctx, ByteBuf in) {
    switch (stage) {
      case PREFACE -> readPreface(ctx, in);
      case HEADER -> readHeader(ctx, in);
      case STAMP -> readStamp(ctx, in);
      case PAYLOAD -> readPayload(ctx, in);
      case FAILED -> in.skipBytes(in.readableBytes());
    }
  }

  private void readPreface(ChannelHandlerContext ctx, ByteBuf in) {
    while (in.isReadable() && wordBytes < Preface.BYTES) {
      if (!isPreface(wordBytes, in.getByte(in.readerIndex()))) {
        fail(ctx, NotFramesException.of(wordBytes, in));
        return;
      }
      addByte(in);
    }
    if (wordBytes < Preface.BYTES) {
      return;
    }
    wordBytes = 0;
    stage = Stage.HEADER;
    if (direction == Direction.SERVER_TO_CLIENT) {
      emit(ctx, Preface.isAnswer(word) ? PeerPreface.AWARE : PeerPreface.PLAIN);
    }
  }

  private boolean isPreface(int index, byte value) {
    return value == Preface.requestByte(index)
        || (direction == Direction.SERVER_TO_CLIENT && value == Preface.answerByte(index));
  }

  private void readHeader(ChannelHandlerContext ctx, ByteBuf in) {
    if (!readWord(in)) {
      return;
    }
    header = word;
    FrameError error = walker.begin(header);
    if (error != null) {
      fail(ctx, new MalformedFrameException(error, header));
    } else if (FrameHeader.hasStamp(header)) {
      stage = Stage.STAMP;
    } else {
      beginPayload(ctx, null);
    }
  }

  private void readStamp(ChannelHandlerContext ctx, ByteBuf in) {
    if (!readWord(in)) {
      return;
    }
    stamp[stampWords++] = word;
    if (stampWords == STAMP_WORDS) {
      stampWords = 0;
      walker.skip(Stamp.BYTES);
      beginPayload(ctx, new Stamp(stamp[0], stamp[1], stamp[2], stamp[3]));
    }
  }

  private void beginPayload(ChannelHandlerContext ctx, @Nullable Stamp stampOrNull) {
    boolean isEmpty = walker.remaining() == 0;
    stage = isEmpty ? Stage.HEADER : Stage.PAYLOAD;
    emit(ctx, FrameHead.of(header, stampOrNull));
    if (isEmpty) {
      emit(ctx, FrameEnd.INSTANCE);
    }
  }

  private void readPayload(ChannelHandlerContext ctx, ByteBuf in) {
    int bytes = (int) Math.min(walker.remaining(), in.readableBytes());
    walker.skip(bytes);
    boolean isLast = walker.remaining() == 0;
    if (isLast) {
      stage = Stage.HEADER;
    }
    emit(ctx, in.readRetainedSlice(bytes));
    if (isLast) {
      emit(ctx, FrameEnd.INSTANCE);
    }
  }

  private boolean readWord(ByteBuf in) {
    if (wordBytes == 0 && in.readableBytes() >= Long.BYTES) {
      word = in.readLong();
      return true;
    }
    while (in.isReadable() && wordBytes < Long.BYTES) {
      addByte(in);
    }
    if (wordBytes < Long.BYTES) {
      return false;
    }
    wordBytes = 0;
    return true;
  }

  private void addByte(ByteBuf in) {
    word = (word << Byte.SIZE) | in.readUnsignedByte();
    wordBytes++;
  }

  private void emit(ChannelHandlerContext ctx, Object message) {
    emitted = true;
    ctx.fireChannelRead(message);
  }

  private void fail(ChannelHandlerContext ctx, DecoderException why) {
    stage = Stage.FAILED;
    ctx.fireExceptionCaught(why);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    // Whoever reads by hand waits for a message: what was read so far made none, so go on.
    if (!emitted && stage != Stage.FAILED && !ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
    emitted = false;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      endInput(ctx);
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    endInput(ctx);
    ctx.fireChannelInactive();
  }

  private void endInput(ChannelHandlerContext ctx) {
    String where =
        switch (stage) {
          case PREFACE -> wordBytes == 0 ? null : "preface";
          case HEADER -> wordBytes > 0 ? "header" : walker.isMessageOpen() ? "message" : null;
          case STAMP -> "stamp";
          case PAYLOAD -> "payload";
          case FAILED -> null;
        };
    if (where != null) {
      fail(ctx, new TruncatedFrameException(where, unfinished()));
    }
  }

  private byte[] unfinished() {
    ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + Stamp.BYTES);
    if (stage == Stage.STAMP) {
      bytes.putLong(header);
      for (int i = 0; i < stampWords; i++) {
        bytes.putLong(stamp[i]);
      }
    }
    for (int i = wordBytes - 1; i >= 0; i--) {
      bytes.put((byte) (word >>> (i * Byte.SIZE)));
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
