package dev.echo.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes that received ones are compared with: eight at a time, and where there are many by the
 * vectorised {@link ByteBuffer#mismatch}. For one thread at a time, since its view moves.
 */
final class Reference {
  /** From here on setting up the views pays. */
  private static final int VECTORISED_BYTES = 512;

  private final ByteBuffer bytes;
  private final ByteBuffer view;
  private final ByteBuf source;

  Reference(ByteBuffer bytes) {
    this.bytes = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    this.view = bytes.duplicate();
    this.source = Unpooled.wrappedBuffer(bytes.duplicate());
  }

  Reference twin() {
    return new Reference(bytes);
  }

  int length() {
    return bytes.capacity();
  }

  void write(ByteBuf out, int at, int length) {
    // The other way round, by what writes into `out`, makes a view for each call.
    out.ensureWritable(length);
    source.getBytes(at, out, out.writerIndex(), length);
    out.writerIndex(out.writerIndex() + length);
  }

  /** Counts how many bytes agree. */
  int agreeing(ByteBuf in, int index, int at, int length) {
    if (length >= VECTORISED_BYTES && in.nioBufferCount() == 1) {
      view.limit(at + length).position(at);
      int differs = view.mismatch(in.internalNioBuffer(index, length));
      return differs < 0 ? length : differs;
    }
    int i = 0;
    while (i <= length - Long.BYTES && in.getLong(index + i) == bytes.getLong(at + i)) {
      i += Long.BYTES;
    }
    while (i < length && in.getByte(index + i) == bytes.get(at + i)) {
      i++;
    }
    return i;
  }
}
