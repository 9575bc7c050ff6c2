package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameErrorTest {
  @Test
  void becomesAWholeFrame() {
    ByteBuf frame = new FrameError(ErrorCode.MALFORMED, "ü!").toFrame(ByteBufAllocator.DEFAULT);

    assertThat(Bytes.of(frame)).isEqualTo(Wire.error(2, "c3bc21").input());
    assertThat(frame.release()).isTrue();
  }

  @Test
  void isReadFromTheMiddleOfABuffer() {
    ByteBuf payload = buffer("aaaa" + "ffff" + "6f6b").readerIndex(2);

    assertThat(FrameError.read(payload)).isEqualTo(new FrameError(0xFFFF, "ok"));
    assertThat(payload.readerIndex()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00"})
  void hasNoCodeIfThePayloadIsTooShort(String hex) {
    assertThat(FrameError.read(buffer(hex))).isEqualTo(new FrameError(0, ""));
  }

  @Test
  void replacesWhatIsNoUtf8() {
    assertThat(FrameError.read(buffer("0001" + "61ff62"))).isEqualTo(new FrameError(1, "a\uFFFDb"));
  }

  @Test
  void cutsALongSentenceBetweenCharacters() {
    for (int before = 1020; before <= 1024; before++) {
      String sentence = "x".repeat(before) + "\uD83D\uDE00".repeat(5);
      ByteBuf payload = Unpooled.copiedBuffer("\0\1" + sentence, StandardCharsets.UTF_8);

      String read = FrameError.read(payload).sentence();

      assertThat(sentence).startsWith(read);
      assertThat(read.length()).isBetween(1020, 1024);
    }
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void namesItsCode(ErrorCode code) {
    assertThat(new FrameError(code, "").is(code)).isTrue();
    assertThat(ErrorCode.of(code.code())).isEqualTo(code);
    assertThat(new FrameError(0, "").is(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 6, 0xFFFF, -1})
  void knowsNoOtherCodes(int code) {
    assertThat(ErrorCode.of(code)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0x10000})
  void refusesACodeThatTheWireCannotCarry(int code) {
    assertThatThrownBy(() -> new FrameError(code, ""))
        .hasMessage("code: " + code + " (expected: 0..65535)");
  }

  private static ByteBuf buffer(String hex) {
    return Unpooled.wrappedBuffer(new Bytes(hex).toArray());
  }
}
