package dev.echo.websocket;

import static dev.echo.testing.Fragments.closing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
  @ParameterizedTest
  @ValueSource(ints = {1000, 1001, 1002, 1003, 1007, 1011, 1014, 3000, 4999})
  void answersWithThePeersCode(int code) {
    CloseReason answer = CloseReason.answerTo(buffer(closing(code, "bye, é")));

    assertThat(answer).isEqualTo(new CloseReason(code, ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65535})
  void refusesACodeThatMayNotBeSent(int code) {
    assertThat(CloseReason.answerTo(buffer(closing(code, ""))).code())
        .isEqualTo(CloseReason.PROTOCOL_ERROR);
  }

  @Test
  void answersNoCodeWithNone() {
    ByteBuf out = Unpooled.buffer();

    CloseReason.answerTo(Unpooled.EMPTY_BUFFER).write(out);

    assertThat(Bytes.of(out)).isEqualTo(Bytes.NONE);
  }

  @Test
  void refusesASentenceThatIsNoUtf8() {
    assertThat(CloseReason.answerTo(buffer(new Bytes("03e8c3"))).code())
        .isEqualTo(CloseReason.INVALID_PAYLOAD);
  }

  @Test
  void cutsALongSentenceBetweenCharacters() {
    ByteBuf out = Unpooled.buffer();

    new CloseReason(1000, "é".repeat(100)).write(out);

    assertThat(Bytes.of(out)).isEqualTo(closing(1000, "é".repeat(61)));
  }

  @ParameterizedTest
  @CsvSource({
    "FRAME_TOO_LARGE, 1009",
    "MALFORMED, 1007",
    "DRAINING, 1001",
    "LIMIT_REACHED, 1013",
    "IDLE_OR_STALLED, 1001"
  })
  void saysWhatAnErrorSays(ErrorCode error, int code) {
    assertThat(CloseReason.of(new FrameError(error, "why")))
        .isEqualTo(new CloseReason(code, "why"));
  }

  private static ByteBuf buffer(Bytes bytes) {
    return Unpooled.wrappedBuffer(bytes.toArray());
  }
}
