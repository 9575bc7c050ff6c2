package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReferenceTest {
  private static final int LENGTH = 1_100;
  private static final int AT = 13;

  private final byte[] bytes = random(LENGTH + AT);
  private final Reference reference =
      new Reference(ByteBuffer.allocateDirect(bytes.length).put(bytes).clear());

  enum Kind {
    HEAP {
      @Override
      ByteBuf hold(byte[] bytes) {
        return Unpooled.copiedBuffer(bytes);
      }
    },
    DIRECT {
      @Override
      ByteBuf hold(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
      }
    },
    SLICE {
      @Override
      ByteBuf hold(byte[] bytes) {
        ByteBuf around = Unpooled.directBuffer(bytes.length + 10).writeZero(5);
        return around.writeBytes(bytes).writeZero(5).slice(5, bytes.length);
      }
    },
    READ_ONLY {
      @Override
      ByteBuf hold(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes).asReadOnly();
      }
    },
    PIECES {
      @Override
      ByteBuf hold(byte[] bytes) {
        int half = bytes.length / 2;
        return Unpooled.wrappedBuffer(
            Unpooled.copiedBuffer(bytes, 0, half),
            Unpooled.copiedBuffer(bytes, half, bytes.length - half));
      }
    };

    abstract ByteBuf hold(byte[] bytes);
  }

  @ParameterizedTest
  @EnumSource
  void countsUpToTheFirstByteThatDiffers(Kind kind) {
    for (int length : new int[] {0, 1, 7, 8, 9, 63, 511, 512, 513, LENGTH}) {
      byte[] same = new byte[3 + length];
      System.arraycopy(bytes, AT, same, 3, length);
      ByteBuf in = kind.hold(same);
      assertThat(reference.agreeing(in, 3, AT, length)).as("%d bytes", length).isEqualTo(length);
      in.release();
      for (int differs = 0; differs < length; differs += 1 + length / 50) {
        byte[] other = same.clone();
        other[3 + differs] ^= 1;
        other[same.length - 1] ^= 1;
        ByteBuf damaged = kind.hold(other);
        int expected = differs == length - 1 ? length : differs;
        assertThat(reference.agreeing(damaged, 3, AT, length)).isEqualTo(expected);
        damaged.release();
      }
    }
  }

  @Test
  void writesAnyPart() {
    ByteBuf out = Unpooled.buffer();

    reference.write(out, AT, 10);
    reference.write(out, 0, 0);
    reference.write(out, 0, bytes.length);

    assertThat(out.readableBytes()).isEqualTo(10 + bytes.length);
    assertThat(reference.agreeing(out, 0, AT, 10)).isEqualTo(10);
    assertThat(reference.agreeing(out, 10, 0, bytes.length)).isEqualTo(bytes.length);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
