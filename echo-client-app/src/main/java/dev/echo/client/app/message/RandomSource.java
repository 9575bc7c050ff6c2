package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A message of seeded random bytes, made piece by piece. */
final class RandomSource implements MessageSource {
  private final long bytes;
  private final long seed;

  RandomSource(long bytes, long seed) {
    this.bytes = bytes;
    this.seed = seed;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Messages open(long round) {
    return Messages.of(
        new Message() {
          @Override
          public FrameType type() {
            return FrameType.BINARY;
          }

          @Override
          public Pieces open() {
            return new RandomPieces(bytes, seed + round);
          }
        });
  }

  private static final class RandomPieces implements Pieces {
    private final byte[] chunk = new byte[MAX_BYTES];
    private final SplittableRandom random;
    private long rest;

    RandomPieces(long bytes, long seed) {
      rest = bytes;
      // Scrambles the seed first, so that rounds with neighbouring seeds have nothing in common.
      random = new SplittableRandom(new SplittableRandom(seed).nextLong());
    }

    @Override
    public @Nullable ByteBuf next() {
      int length = (int) Math.min(rest, MAX_BYTES);
      if (length == 0) {
        return null;
      }
      rest -= length;
      random.nextBytes(chunk);
      return ByteBufAllocator.DEFAULT.directBuffer(length).writeBytes(chunk, 0, length);
    }

    @Override
    public void close() {}
  }
}
