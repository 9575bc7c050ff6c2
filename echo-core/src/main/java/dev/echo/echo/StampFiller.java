package dev.echo.echo;

import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Fills the stamps of one connection in place: the time of the read event as they pass, the time of
 * the write while the buffer still belongs to this server. That is just before the flush where the
 * buffer itself waits for the socket, and just before the write where its bytes are taken then: a
 * stage that encrypts does so before the flush, and a transport copies what is not direct memory.
 */
final class StampFiller {
  private static final int NEXT_BUFFER = -1;

  private final StampClock clock = new StampClock();
  private final boolean encrypted;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private int[] indices = new int[8];
  private int size;
  private int begun;
  private long count;
  private long receivedNanos;

  /** Fills the stamps of what is written to a pipeline, all of whose stages are there. */
  StampFiller(ChannelPipeline pipeline) {
    encrypted = pipeline.get(SslHandler.class) != null;
  }

  /** A read event has begun: its stamps share one time. */
  void beginRead() {
    receivedNanos = 0;
  }

  /** Fills in what is known at the read, and remembers the stamp until its buffer is passed on. */
  void fillReceived(ByteBuf buffer, int index) {
    if (receivedNanos == 0) {
      receivedNanos = clock.nanos();
    }
    Stamp.fillReceived(buffer, index, receivedNanos, ++count);
    push(index);
  }

  private void push(int index) {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, size * 2);
    }
    indices[size++] = index;
  }

  /** The buffer that holds the stamps since the last call is about to be written. */
  void beforeWrite(ByteBuf buffer) {
    if (begun == size) {
      return;
    }
    if (encrypted || !buffer.isDirect()) {
      long sentNanos = clock.nanos();
      while (size > begun) {
        Stamp.fillSent(buffer, indices[--size], sentNanos);
      }
    } else {
      waiting.add(buffer.retain());
      push(NEXT_BUFFER);
      begun = size;
    }
  }

  /** What waits is about to be flushed, or will never be; the buffers are let go. */
  void beforeFlush() {
    if (waiting.isEmpty()) {
      return;
    }
    long sentNanos = clock.nanos();
    for (int i = 0; i < begun; i++) {
      if (indices[i] == NEXT_BUFFER) {
        waiting.remove().release();
      } else {
        Stamp.fillSent(waiting.element(), indices[i], sentNanos);
      }
    }
    size = 0;
    begun = 0;
  }
}
