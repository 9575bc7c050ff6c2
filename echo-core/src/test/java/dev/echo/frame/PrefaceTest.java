package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.BufferKind;
import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrefaceTest {
  @Test
  void writesTheBytesOfTheWire() {
    ByteBuf out = Unpooled.buffer();

    Preface.writeRequest(out);
    Preface.writeAnswer(out);

    assertThat(Bytes.of(out)).isEqualTo(Wire.REQUEST.then(Wire.ANSWER));
  }

  @Test
  void tellsRequestAnswerAndOthersApart() {
    long request = Unpooled.wrappedBuffer(Wire.REQUEST.toArray()).readLong();
    long answer = Unpooled.wrappedBuffer(Wire.ANSWER.toArray()).readLong();

    assertThat(Preface.isRequest(request)).isTrue();
    assertThat(Preface.isRequest(answer)).isFalse();
    assertThat(Preface.isAnswer(answer)).isTrue();
    assertThat(Preface.isAnswer(request)).isFalse();
    assertThat(Preface.isRequest(request + 1) || Preface.isAnswer(answer + 1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(BufferKind.class)
  void countsTheBytesThatAgree(BufferKind kind) {
    Bytes longer = Wire.REQUEST.then(Wire.payload(3));
    for (int i = 0; i <= longer.size(); i++) {
      assertThat(matching(kind, longer.first(i).toArray())).isEqualTo(Math.min(8, i));
    }
    for (int i = 0; i < 8; i++) {
      byte[] wrong = longer.toArray();
      wrong[i] ^= 1;
      assertThat(matching(kind, wrong)).isEqualTo(i);
    }
    assertThat(matching(kind, Wire.ANSWER.toArray())).isEqualTo(7);
  }

  private static int matching(BufferKind kind, byte[] bytes) {
    ByteBuf in = kind.make(UnpooledByteBufAllocator.DEFAULT, bytes);
    int index = in.readerIndex();
    try {
      int matching = Preface.matchingBytes(in);
      assertThat(in.readerIndex()).isEqualTo(index);
      return matching;
    } finally {
      in.release();
    }
  }
}
