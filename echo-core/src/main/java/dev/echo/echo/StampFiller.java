package dev.echo.echo;

import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Fills the stamps of one connection in place: the time of the read event as they pass, the time of
 * the write just before the flush. Until then it keeps the buffers alive that it has to come back
 * to.
 */
final class StampFiller {
  private static final int NONE = -1;

  private final StampClock clock = new StampClock();
  private final Deque<ByteBuf> buffers = new ArrayDeque<>();
  private int[] indices = new int[8];
  private int size;
  private long count;
  private long receivedNanos;
  private @Nullable ByteBuf current;

  /** A read event has begun: its stamps share one time. */
  void beginRead() {
    receivedNanos = 0;
  }

  /** Fills in what is known at the read, and remembers the stamp for {@link #fillSent()}. */
  @SuppressWarnings("ReferenceEquality") // the same buffer, not one with the same bytes
  void fillReceived(ByteBuf buffer, int index) {
    if (receivedNanos == 0) {
      receivedNanos = clock.nanos();
    }
    Stamp.fillReceived(buffer, index, receivedNanos, ++count);
    if (buffer != current) {
      if (current != null) {
        push(NONE);
      }
      current = buffer.retain();
      buffers.add(current);
    }
    push(index);
  }

  private void push(int index) {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, size * 2);
    }
    indices[size++] = index;
  }

  /** Fills in the time of the write; what it remembered is forgotten. */
  void fillSent() {
    if (size == 0) {
      return;
    }
    long sentNanos = clock.nanos();
    ByteBuf buffer = buffers.remove();
    for (int i = 0; i < size; i++) {
      if (indices[i] == NONE) {
        buffer.release();
        buffer = buffers.remove();
      } else {
        Stamp.fillSent(buffer, indices[i], sentNanos);
      }
    }
    buffer.release();
    size = 0;
    current = null;
  }
}
