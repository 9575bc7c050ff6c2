package dev.echo.payload;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Payloads in blocks of 64 KiB. Each block begins with the number of the message and a check over
 * that and the block's own number; random bytes from a place that depends on the message follow.
 *
 * <pre>
 *   0       8       16
 *   | word  | check | random bytes ...        | word  | check | random ...
 *   |------------ block 0, 64 KiB ------------|------------ block 1 ...
 * </pre>
 *
 * A payload shorter than 16 bytes is the beginning of that.
 */
final class GeneratedPayloads implements Payloads {
  private static final int BLOCK_BYTES = 1 << 16;

  private final PayloadSource.Generated sizes;
  private final Ids ids;
  private final Reference random;

  GeneratedPayloads(PayloadSource.Generated sizes, long seed) {
    this(sizes, new Ids(seed), new Reference(randomBytes(seed)));
  }

  private GeneratedPayloads(PayloadSource.Generated sizes, Ids ids, Reference random) {
    this.sizes = sizes;
    this.ids = ids;
    this.random = random;
  }

  @Override
  public Payloads twin() {
    return new GeneratedPayloads(sizes, ids, random.twin());
  }

  @Override
  public int bytes(int connection, long sequence) {
    int span = sizes.maxBytes() - sizes.minBytes();
    if (span == 0) {
      return sizes.minBytes();
    }
    long draw = Ids.mix(ids.word(connection, sequence)) >>> 32;
    return sizes.minBytes() + (int) ((draw * (span + 1L)) >>> 32);
  }

  @Override
  public void write(ByteBuf out, int connection, long sequence, int length) {
    long word = ids.word(connection, sequence);
    for (int at = 0; at < length; at += BLOCK_BYTES) {
      long check = ids.check(word, at / BLOCK_BYTES);
      int blockBytes = Math.min(BLOCK_BYTES, length - at);
      if (blockBytes >= Ids.BYTES) {
        out.writeLong(word).writeLong(check);
        random.write(out, place(word), blockBytes - Ids.BYTES);
      } else {
        for (int i = 0; i < blockBytes; i++) {
          out.writeByte(byteOf(word, check, i));
        }
      }
    }
  }

  @Override
  public int agreeing(ByteBuf in, int index, int wanted, int connection, long sequence, int at) {
    long word = ids.word(connection, sequence);
    int agreed = 0;
    while (agreed < wanted) {
      int within = (at + agreed) % BLOCK_BYTES;
      int part = Math.min(wanted - agreed, BLOCK_BYTES - within);
      long check = ids.check(word, (at + agreed) / BLOCK_BYTES);
      int equal = agreeingInBlock(in, index + agreed, part, word, check, within);
      agreed += equal;
      if (equal < part) {
        break;
      }
    }
    return agreed;
  }

  private int agreeingInBlock(ByteBuf in, int index, int part, long word, long check, int within) {
    int agreed = 0;
    if (within == 0 && part >= Ids.BYTES) {
      if (in.getLong(index) == word && in.getLong(index + Long.BYTES) == check) {
        agreed = Ids.BYTES;
      }
    }
    while (within + agreed < Ids.BYTES && agreed < part) {
      if (in.getByte(index + agreed) != byteOf(word, check, within + agreed)) {
        return agreed;
      }
      agreed++;
    }
    int at = place(word) + within + agreed - Ids.BYTES;
    return agreed + random.agreeing(in, index + agreed, at, part - agreed);
  }

  @Override
  public boolean isNamed(int length) {
    return length >= Ids.BYTES;
  }

  @Override
  public boolean isNaming() {
    return isNamed(sizes.maxBytes());
  }

  @Override
  public @Nullable MessageId identify(ByteBuf in, int index) {
    if (!isNaming() || in.writerIndex() - index < Ids.BYTES) {
      return null;
    }
    long word = in.getLong(index);
    return in.getLong(index + Long.BYTES) == ids.check(word, 0)
        ? new MessageId(ids.connection(word), ids.sequence(word))
        : null;
  }

  private static byte byteOf(long word, long check, int index) {
    long half = index < Long.BYTES ? word : check;
    return (byte) (half >>> ((Long.BYTES - 1 - index % Long.BYTES) * Byte.SIZE));
  }

  private static int place(long word) {
    return (int) (word >>> 48) & -Long.BYTES;
  }

  private static ByteBuffer randomBytes(long seed) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(2 * BLOCK_BYTES);
    SplittableRandom random = new SplittableRandom(seed);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong());
    }
    return bytes.clear();
  }
}
