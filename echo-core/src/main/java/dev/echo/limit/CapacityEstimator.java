package dev.echo.limit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.MessageSizeEstimator;

/**
 * Counts what a buffer holds of the process's memory, not what is readable in it, so that a peer
 * that sends single bytes into large buffers crosses the high-water mark as early as its memory
 * does. Sharable: it has no state.
 */
public final class CapacityEstimator implements MessageSizeEstimator, MessageSizeEstimator.Handle {
  /** The only one. */
  public static final CapacityEstimator INSTANCE = new CapacityEstimator();

  /**
   * The buffer object and its place in the allocator, beside the entry that Netty counts itself.
   */
  private static final int OBJECT_BYTES = 160;

  private CapacityEstimator() {}

  @Override
  public Handle newHandle() {
    return this;
  }

  @Override
  public int size(Object msg) {
    return msg instanceof ByteBuf content ? content.capacity() + OBJECT_BYTES : OBJECT_BYTES;
  }
}
