package dev.echo.ping;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Random bytes, so that no ping looks like another, nor like one of another run or flow. */
final class Payloads {
  private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
  private final int bytes;

  Payloads(int bytes) {
    this.bytes = bytes;
  }

  /** Makes one, which belongs to the caller. */
  ByteBuf next() {
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(bytes, bytes);
    while (payload.writableBytes() >= Long.BYTES) {
      payload.writeLong(random.nextLong());
    }
    while (payload.isWritable()) {
      payload.writeByte(random.nextInt());
    }
    return payload;
  }
}
