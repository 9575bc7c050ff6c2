package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a {@link FrameDecoder} emits into whole messages, for handlers that want them so:
 * each message becomes one {@link FrameMessage}, however many frames and pieces it came in, and an
 * ERROR frame becomes a {@link FrameError}, which also drops a message that it interrupts. Other
 * messages pass.
 *
 * <p>A message over the limit ends it at the head that says so, before that frame's payload: a
 * {@link MalformedFrameException} with {@link ErrorCode#FRAME_TOO_LARGE} goes through {@code
 * exceptionCaught}, what was gathered is released, and all frames behind it are discarded. The
 * limit counts bytes of payload. Memory follows it, but a piece of 4 KiB or more keeps its read
 * buffer alive.
 *
 * <p>Directly behind the decoder. Not sharable: it belongs to one channel and its event loop.
 */
public final class FrameAggregator extends ChannelInboundHandlerAdapter {
  /** A code, the sentence that is kept, and one byte that shows whether it was longer. */
  private static final int MAX_ERROR_BYTES = Short.BYTES + FrameError.MAX_SENTENCE_BYTES + 1;

  private final int maxMessageBytes;
  private @Nullable PieceList pieces;

  /** The first frame of the message under way. */
  private @Nullable FrameHead first;

  private boolean goesOn;
  private boolean failed;
  private boolean emitted;

  /**
   * Makes an aggregator for one channel.
   *
   * @param maxMessageBytes the longest payload of a message, 0 or more
   */
  public FrameAggregator(int maxMessageBytes) {
    if (maxMessageBytes < 0) {
      throw new IllegalArgumentException(
          "maxMessageBytes: " + maxMessageBytes + " (expected: >= 0)");
    }
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    pieces = new PieceList(ctx.alloc());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf piece) {
      add(piece);
    } else if (msg instanceof FrameHead head) {
      begin(ctx, head);
    } else if (msg instanceof FrameEnd) {
      end(ctx);
    } else {
      emitted = true;
      ctx.fireChannelRead(msg);
    }
  }

  private void begin(ChannelHandlerContext ctx, FrameHead head) {
    if (failed) {
      return;
    }
    if (head.type() == FrameType.ERROR) {
      drop();
    } else if (head.payloadBytes() > maxMessageBytes - pieces().bytes()) {
      fail(ctx, pieces().bytes() + head.payloadBytes());
      return;
    }
    if (first == null) {
      first = head;
    }
    goesOn = head.more();
  }

  private void add(ByteBuf piece) {
    FrameHead head = first;
    boolean isWanted =
        head != null && (head.type() != FrameType.ERROR || pieces().bytes() < MAX_ERROR_BYTES);
    if (isWanted) {
      pieces().add(piece);
    } else {
      piece.release();
    }
  }

  private void end(ChannelHandlerContext ctx) {
    FrameHead head = first;
    if (head == null || goesOn) {
      return;
    }
    first = null;
    ByteBuf content = pieces().take();
    emitted = true;
    if (head.type() != FrameType.ERROR) {
      ctx.fireChannelRead(new FrameMessage(head.type(), content, head.stamp()));
      return;
    }
    FrameError error;
    try {
      error = FrameError.read(content);
    } finally {
      content.release();
    }
    ctx.fireChannelRead(error);
  }

  private void fail(ChannelHandlerContext ctx, long bytes) {
    failed = true;
    drop();
    ctx.fireExceptionCaught(
        new MalformedFrameException(
            new FrameError(
                ErrorCode.FRAME_TOO_LARGE,
                "message of " + bytes + " bytes or more (allowed: " + maxMessageBytes + ")")));
  }

  private void drop() {
    first = null;
    goesOn = false;
    pieces().clear();
  }

  private PieceList pieces() {
    PieceList list = pieces;
    if (list == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return list;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    // Whoever reads by hand waits for a message: the pieces read so far made none, so go on.
    if (!emitted && !failed && !ctx.channel().config().isAutoRead()) {
      ctx.read();
    }
    emitted = false;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException) {
      drop();
    }
    ctx.fireExceptionCaught(cause);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    drop();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    drop();
  }
}
