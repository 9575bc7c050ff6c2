package dev.echo.testing;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes unpooled buffers and counts their bytes: all that it ever gave out, growth included, and
 * those not yet released.
 */
public final class CountingAllocator extends AbstractByteBufAllocator {
  private final AtomicLong allocatedBytes = new AtomicLong();
  private final AtomicLong liveBytes = new AtomicLong();

  /** Makes an allocator that has given out nothing. */
  public CountingAllocator() {
    super(true);
  }

  /**
   * The bytes that were ever given out.
   *
   * @return 0 or more
   */
  public long allocatedBytes() {
    return allocatedBytes.get();
  }

  /**
   * The bytes given out and not released.
   *
   * @return 0 if nothing is held
   */
  public long liveBytes() {
    return liveBytes.get();
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return new Heap(initialCapacity, maxCapacity);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return new Direct(initialCapacity, maxCapacity);
  }

  private void grow(long bytes) {
    liveBytes.addAndGet(bytes);
    if (bytes > 0) {
      allocatedBytes.addAndGet(bytes);
    }
  }

  private final class Heap extends UnpooledHeapByteBuf {
    Heap(int initialCapacity, int maxCapacity) {
      super(CountingAllocator.this, initialCapacity, maxCapacity);
      grow(initialCapacity);
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      grow((long) newCapacity - capacity());
      return super.capacity(newCapacity);
    }

    @Override
    protected void deallocate() {
      grow(-capacity());
      super.deallocate();
    }
  }

  private final class Direct extends UnpooledDirectByteBuf {
    Direct(int initialCapacity, int maxCapacity) {
      super(CountingAllocator.this, initialCapacity, maxCapacity);
      grow(initialCapacity);
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
      grow((long) newCapacity - capacity());
      return super.capacity(newCapacity);
    }

    @Override
    protected void deallocate() {
      grow(-capacity());
      super.deallocate();
    }
  }
}
