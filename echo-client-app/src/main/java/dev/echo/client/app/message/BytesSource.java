package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** A message that is in memory as a whole. */
final class BytesSource implements MessageSource, Message {
  private final FrameType type;
  private final byte[] content;

  BytesSource(FrameType type, byte[] content) {
    this.type = type;
    this.content = content;
  }

  @Override
  public FrameType type() {
    return type;
  }

  @Override
  public long bytes() {
    return content.length;
  }

  @Override
  public Messages open(long round) {
    return Messages.of(this);
  }

  @Override
  public Pieces open() {
    return new Pieces() {
      private int at;

      @Override
      public @Nullable ByteBuf next() {
        int length = Math.min(content.length - at, MAX_BYTES);
        if (length == 0) {
          return null;
        }
        at += length;
        return Unpooled.wrappedBuffer(content, at - length, length);
      }

      @Override
      public void close() {}
    };
  }
}
