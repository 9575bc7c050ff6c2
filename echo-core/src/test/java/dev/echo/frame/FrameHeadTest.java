package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameHeadTest {
  private static final Stamp STAMP = Stamp.request(1);

  @Test
  void countsWhatItTakesOnTheWire() {
    assertThat(FrameHead.whole(FrameType.TEXT, 0).wireBytes()).isEqualTo(8);
    assertThat(new FrameHead(FrameType.TEXT, 5, true, STAMP).wireBytes()).isEqualTo(45);
    assertThat(FrameHead.whole(FrameType.TEXT, Wire.MAX).wireBytes()).isEqualTo(Wire.MAX + 8);
  }

  @Test
  void refusesALengthThatTheHeaderCannotCarry() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameHead.whole(FrameType.TEXT, -1))
        .withMessage("payloadBytes: -1 (expected: 0..4294967295)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrameHead.whole(FrameType.TEXT, Wire.MAX + 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHead(FrameType.TEXT, Wire.MAX - 31, false, STAMP))
        .withMessage("payloadBytes: 4294967264 (expected: 0..4294967263)");
  }

  @Test
  void refusesAnErrorWithAFlag() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHead(FrameType.ERROR, 5, true, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new FrameHead(FrameType.ERROR, 5, false, STAMP));
  }

  @ParameterizedTest
  @EnumSource(FrameType.class)
  void comesBackFromItsHeader(FrameType type) {
    FrameHead head = FrameHead.whole(type, Wire.MAX);

    assertThat(FrameHead.of(head.header(), null)).isEqualTo(head);
    assertThat(FrameType.of(type.code())).isEqualTo(type);
  }
}
