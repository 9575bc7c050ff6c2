package dev.echo.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8ValidatorTest {
  private static final long SEED = 7;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain words, more than eight",
        "é",
        "€uro",
        "a😀b",
        "\u0000\uffff\ud7ff\ue000"
      })
  void takesTextHoweverItIsCut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    for (int cut = 0; cut <= bytes.length; cut++) {
      Utf8Validator validator = new Utf8Validator();
      ByteBuf in = Unpooled.wrappedBuffer(bytes);

      boolean valid = validator.accept(in, 0, cut) && validator.accept(in, cut, bytes.length - cut);

      assertThat(valid && validator.isComplete()).as("cut at " + cut).isTrue();
    }
  }

  /** Java's own decoder is the judge. */
  @Test
  void agreesWithJavaOnAnyBytes() {
    Random random = new Random(SEED);
    int[] likely = {0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xED, 0xF0, 0xF4};

    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] =
            (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : likely[random.nextInt(13)]);
      }
      Utf8Validator validator = new Utf8Validator();

      boolean valid = validator.accept(Unpooled.wrappedBuffer(bytes), 0, bytes.length);

      assertThat(valid && validator.isComplete())
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(java(bytes));
    }
  }

  private static boolean java(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
