package dev.echo.websocket;

import static dev.echo.testing.Fragments.masked;
import static dev.echo.testing.Fragments.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.Bytes;
import dev.echo.websocket.FragmentWalker.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FragmentWalkerTest {
  private final FragmentWalker walker = new FragmentWalker(Direction.CLIENT_TO_SERVER);

  @ParameterizedTest
  @CsvSource({"0", "1", "125", "126", "65535", "65536", "70001"})
  void entersAFragmentOfAnyLengthByteByByte(int length) {
    Bytes fragment = masked(0x82, Bytes.of(new byte[length]));
    ByteBuf in = Unpooled.wrappedBuffer(fragment.toArray());
    int head = fragment.size() - length;

    for (int i = 0; i < head - 1; i++) {
      assertThat(walker.begin(in.readSlice(1))).isFalse();
      assertThat(walker.isInsideFragment()).isTrue();
    }

    assertThat(walker.begin(in)).isTrue();
    assertThat(walker.remaining()).isEqualTo(length);
    assertThat(walker.messageBytes()).isEqualTo(length);
    assertThat(walker.messageOpcode()).isEqualTo(Opcode.BINARY);
  }

  @Test
  void unmasksHoweverThePayloadIsCut() {
    byte[] payload = new byte[37];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (i * 7);
    }

    for (int cut = 0; cut <= payload.length; cut++) {
      FragmentWalker each = new FragmentWalker(Direction.CLIENT_TO_SERVER);
      ByteBuf in = Unpooled.wrappedBuffer(masked(0x82, Bytes.of(payload)).toArray());
      ByteBuf out = Unpooled.buffer(1);
      each.begin(in);

      each.moveTo(in, cut, out);
      each.moveTo(in, payload.length - cut, out);

      assertThat(Bytes.of(out)).as("cut at " + cut).isEqualTo(Bytes.of(payload));
    }
  }

  @Test
  void followsAMessageOfSeveralFragmentsWithAPingInside() {
    enter(masked(0x01, Bytes.of((byte) 'a')));
    assertThat(walker.isMessageOpen()).isTrue();
    enter(masked(0x89, Bytes.NONE));
    assertThat(walker.isControl()).isTrue();
    assertThat(walker.isMessageOpen()).isTrue();
    enter(masked(0x80, Bytes.of((byte) 'b')));

    assertThat(walker.isMessageOpen()).isFalse();
    assertThat(walker.messageBytes()).isEqualTo(2);
    assertThat(walker.messageOpcode()).isEqualTo(Opcode.TEXT);
  }

  @ParameterizedTest
  @CsvSource({
    "8201ff, not masked",
    "c280, a reserved bit is set",
    "a280, a reserved bit is set",
    "9280, a reserved bit is set",
    "8380, opcode 3",
    "8b80, opcode 11",
    "0980, a control frame in fragments",
    "89fe, a control frame of more than 125 bytes",
    "8881, a close code of one byte",
    "8080, nothing to continue",
    "82fe007d00000000, a length that is longer than it must be",
    "82ff000000000000ffff00000000, a length that is longer than it must be",
    "82ff800000000000000000000000, a length of more than 63 bits",
  })
  void refusesWhatTheRfcForbids(String hex, String why) {
    boolean entered = walker.begin(Unpooled.wrappedBuffer(new Bytes(hex).toArray()));

    assertThat(entered).isFalse();
    assertThat(walker.error()).isEqualTo(new CloseReason(CloseReason.PROTOCOL_ERROR, why));
    assertThat(walker.begin(Unpooled.wrappedBuffer(masked(0x82, Bytes.NONE).toArray()))).isFalse();
  }

  @Test
  void refusesAMessageInsideAnother() {
    enter(masked(0x01, Bytes.NONE));

    walker.begin(Unpooled.wrappedBuffer(masked(0x81, Bytes.NONE).toArray()));

    assertThat(walker.error())
        .isEqualTo(CloseReason.protocolError("a message begins inside another"));
  }

  @Test
  void refusesAMessageWhoseLengthIsPastAllNumbers() {
    Bytes half = new Bytes("02ff400000000000000000000000");
    walker.begin(Unpooled.wrappedBuffer(half.toArray()));
    walker.skip(walker.remaining());

    walker.begin(Unpooled.wrappedBuffer(new Bytes("00ff400000000000000000000000").toArray()));

    assertThat(walker.error()).extracting(CloseReason::code).isEqualTo(CloseReason.TOO_BIG);
  }

  @Test
  void refusesAServerThatMasks() {
    FragmentWalker client = new FragmentWalker(Direction.SERVER_TO_CLIENT);

    client.begin(Unpooled.wrappedBuffer(masked(0x82, Bytes.NONE).toArray()));
    FragmentWalker other = new FragmentWalker(Direction.SERVER_TO_CLIENT);
    boolean entered = other.begin(Unpooled.wrappedBuffer(plain(0x82, Bytes.NONE).toArray()));

    assertThat(client.error()).isNotNull();
    assertThat(entered).isTrue();
  }

  private void enter(Bytes fragment) {
    assertThat(walker.begin(Unpooled.wrappedBuffer(fragment.toArray()))).isTrue();
    walker.skip(walker.remaining());
  }
}
