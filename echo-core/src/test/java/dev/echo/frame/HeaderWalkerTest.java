package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.echo.frame.HeaderWalker.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderWalkerTest {
  private final HeaderWalker walker = new HeaderWalker(Direction.CLIENT_TO_SERVER, Wire.MAX);

  @Test
  void goesFromHeaderToHeader() {
    assertThat(walker.begin(header(5, 1, 0, 0))).isNull();
    assertThat(walker.remaining()).isEqualTo(5);

    walker.skip(2);
    walker.skip(0);
    walker.skip(3);

    assertThat(walker.remaining()).isZero();
    assertThat(walker.begin(header(Wire.MAX, 0, 0, 0))).isNull();
    assertThat(walker.remaining()).isEqualTo(Wire.MAX);
  }

  @Test
  void staysWhereItWasAtABadHeader() {
    walker.begin(header(0, 1, 1, 0));

    FrameError error = walker.begin(header(7, 9, 0, 0));

    assertThat(error)
        .isEqualTo(
            new FrameError(ErrorCode.MALFORMED, "malformed frame: type 9 (expected: 0, 1 or 2)"));
    assertThat(walker.remaining()).isZero();
    assertThat(walker.isMessageOpen()).isTrue();
  }

  @Test
  void knowsWhetherAMessageIsOpen() {
    assertThat(walker.isMessageOpen()).isFalse();
    walker.begin(header(0, 1, 1, 0));
    assertThat(walker.isMessageOpen()).isTrue();
    assertThat(walker.begin(header(0, 0, 0, 0))).isNotNull();
    walker.begin(header(0, 1, 0, 0));
    assertThat(walker.isMessageOpen()).isFalse();
    assertThat(walker.begin(header(0, 0, 0, 0))).isNull();
  }

  @Test
  void saysThatALayoutIsBrokenRatherThanThatAFrameIsTooLong() {
    HeaderWalker limited = new HeaderWalker(Direction.CLIENT_TO_SERVER, 10);

    assertThat(limited.begin(header(11, 0, 4, 0)).is(ErrorCode.MALFORMED)).isTrue();
    assertThat(limited.begin(header(11, 0, 0, 0)).is(ErrorCode.FRAME_TOO_LARGE)).isTrue();
    assertThat(limited.begin(header(10, 0, 0, 0))).isNull();
  }

  @Test
  void allowsAnErrorFromAServerAboveTheLimitToo() {
    HeaderWalker limited = new HeaderWalker(Direction.SERVER_TO_CLIENT, 10);

    assertThat(limited.begin(header(60, 15, 0, 0))).isNull();
  }

  @Test
  void refusesToBeMovedWrongly() {
    walker.begin(header(5, 0, 0, 0));

    assertThatIllegalArgumentException().isThrownBy(() -> walker.skip(6));
    assertThatIllegalArgumentException().isThrownBy(() -> walker.skip(-1));
    assertThatIllegalStateException().isThrownBy(() -> walker.begin(header(0, 0, 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L})
  void refusesALimitThatNoHeaderCanReach(long limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HeaderWalker(Direction.CLIENT_TO_SERVER, limit))
        .withMessage("maxFrameBytes: " + limit + " (expected: 0..4294967295)");
  }

  @Test
  void readsTheFieldsOfAHeader() {
    long header = header(0x8000_0001L, 15, 3, 7);

    assertThat(FrameHeader.length(header)).isEqualTo(0x8000_0001L);
    assertThat(FrameHeader.typeCode(header)).isEqualTo(15);
    assertThat(FrameHeader.hasMore(header)).isTrue();
    assertThat(FrameHeader.hasStamp(header)).isTrue();
    assertThat(FrameHeader.of(FrameType.TEXT, Wire.MAX)).isEqualTo(header(Wire.MAX, 1, 0, 0));
  }

  private static long header(long length, int type, int flags, int reserved) {
    return Long.parseUnsignedLong(Wire.header(length, type, flags, reserved).hex(), 16);
  }
}
