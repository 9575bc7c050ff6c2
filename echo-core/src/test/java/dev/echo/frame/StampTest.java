package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void goesOutWithZerosForTheServer() {
    ByteBuf out = Unpooled.buffer();

    Stamp.request(-2).write(out);

    assertThat(Bytes.of(out)).isEqualTo(Wire.stamp(-2, 0, 0, 0));
    assertThat(Stamp.request(-2).isFilled()).isFalse();
  }

  @Test
  void isFilledInPlaceAroundTheSequence() {
    ByteBuf wire = Unpooled.buffer().writeByte(9);
    Stamp.request(5).write(wire);
    wire.writeByte(9);

    Stamp.fillReceived(wire, 1, 100, 3);
    Stamp.fillSent(wire, 1, 140);

    Bytes guard = new Bytes("09");
    assertThat(Bytes.of(wire)).isEqualTo(guard.then(Wire.stamp(5, 100, 140, 3)).then(guard));
  }

  @Test
  void tellsResidenceAndNeverClampsIt() {
    assertThat(new Stamp(1, 100, 140, 1).residenceNanos()).isEqualTo(40);
    assertThat(new Stamp(1, 140, 100, 1).residenceNanos()).isEqualTo(-40);
  }

  @Test
  void isFilledByAnyOfTheServersFields() {
    assertThat(new Stamp(0, 1, 0, 0).isFilled()).isTrue();
    assertThat(new Stamp(0, 0, 1, 0).isFilled()).isTrue();
    assertThat(new Stamp(0, 0, 0, 1).isFilled()).isTrue();
  }
}
