package dev.echo.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/**
 * The kinds of buffer that can reach a decoder. Each holds the bytes between guard bytes, so that a
 * reader that starts at index 0 or reads past the end is seen.
 */
public enum BufferKind {
  /** Backed by an array. */
  HEAP {
    @Override
    public ByteBuf make(ByteBufAllocator alloc, byte[] bytes) {
      return fill(alloc.heapBuffer(bytes.length + BEFORE + BEHIND), bytes);
    }
  },
  /** Outside the heap. */
  DIRECT {
    @Override
    public ByteBuf make(ByteBufAllocator alloc, byte[] bytes) {
      return fill(alloc.directBuffer(bytes.length + BEFORE + BEHIND), bytes);
    }
  },
  /** Several buffers that look like one; the seams lie inside the bytes. */
  COMPOSITE {
    @Override
    public ByteBuf make(ByteBufAllocator alloc, byte[] bytes) {
      ByteBuf guarded = HEAP.make(alloc, bytes).setIndex(0, bytes.length + BEFORE + BEHIND);
      CompositeByteBuf out = alloc.compositeBuffer();
      int part = Math.max(1, bytes.length / PARTS);
      out.addComponent(true, alloc.buffer().writeBytes(guarded, BEFORE + part));
      while (guarded.isReadable()) {
        int count = Math.min(part, guarded.readableBytes());
        out.addComponent(true, alloc.buffer().writeBytes(guarded, count));
      }
      guarded.release();
      return out.setIndex(BEFORE, BEFORE + bytes.length);
    }
  },
  /** A part of a larger buffer. */
  SLICE {
    @Override
    public ByteBuf make(ByteBufAllocator alloc, byte[] bytes) {
      ByteBuf whole = DIRECT.make(alloc, bytes);
      ByteBuf slice = whole.retainedSlice(BEFORE - 1, bytes.length + 2);
      whole.release();
      return slice.setIndex(1, 1 + bytes.length);
    }
  };

  private static final int BEFORE = 3;
  private static final int BEHIND = 5;
  private static final int PARTS = 3;
  private static final int GUARD = 0xA5;

  /**
   * Makes a buffer of this kind.
   *
   * @param alloc makes the memory
   * @param bytes what is readable in it
   * @return the buffer; the caller owns it
   */
  public abstract ByteBuf make(ByteBufAllocator alloc, byte[] bytes);

  private static ByteBuf fill(ByteBuf out, byte[] bytes) {
    for (int i = 0; i < out.capacity(); i++) {
      out.setByte(i, GUARD);
    }
    return out.setBytes(BEFORE, bytes).setIndex(BEFORE, BEFORE + bytes.length);
  }
}
