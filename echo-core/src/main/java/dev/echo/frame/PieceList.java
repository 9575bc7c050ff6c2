package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one message, put together. Large ones are kept as they are; small ones are copied
 * behind each other, because a slice of a few bytes keeps the whole read buffer behind it alive,
 * and a message that comes byte by byte would otherwise cost a hundred times its size.
 */
final class PieceList {
  /** Below it a copy costs less than what a slice keeps alive. */
  private static final int SMALL_BYTES = 4 * 1024;

  private static final int FIRST_TAIL_BYTES = 256;
  private static final int MAX_TAIL_BYTES = 64 * 1024;

  private final ByteBufAllocator alloc;
  private @Nullable CompositeByteBuf whole;
  private @Nullable ByteBuf tail;
  private int bytes;

  PieceList(ByteBufAllocator alloc) {
    this.alloc = alloc;
  }

  int bytes() {
    return bytes;
  }

  /** Takes a piece and owns it from now on. */
  void add(ByteBuf piece) {
    bytes += piece.readableBytes();
    if (piece.readableBytes() >= SMALL_BYTES) {
      closeTail();
      append(piece);
      return;
    }
    try {
      addSmall(piece);
    } finally {
      piece.release();
    }
  }

  private void addSmall(ByteBuf piece) {
    while (piece.isReadable()) {
      ByteBuf end = tail;
      if (end == null) {
        end = alloc.buffer(FIRST_TAIL_BYTES, MAX_TAIL_BYTES);
        tail = end;
      }
      end.writeBytes(piece, Math.min(piece.readableBytes(), end.maxWritableBytes()));
      if (end.maxWritableBytes() == 0) {
        closeTail();
      }
    }
  }

  private void closeTail() {
    ByteBuf end = tail;
    if (end != null) {
      tail = null;
      append(end);
    }
  }

  private void append(ByteBuf part) {
    CompositeByteBuf all = whole;
    if (all == null) {
      all = alloc.compositeBuffer(Integer.MAX_VALUE);
      whole = all;
    }
    all.addComponent(true, part);
  }

  /** Hands over everything; the caller owns it, and the list is empty again. */
  ByteBuf take() {
    closeTail();
    ByteBuf all = whole;
    whole = null;
    bytes = 0;
    return all == null ? Unpooled.EMPTY_BUFFER : all;
  }

  void clear() {
    take().release();
  }
}
