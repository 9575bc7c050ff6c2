package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
  private static final int CONNECTION = 5;
  private static final byte[] TEXT = {'h', 'e', 'l', 'l', 'o'};

  @Test
  void putsOneBinaryFrameInFront() {
    Script script = script(ClientMode.FRAMES, Stamps.OFF, 20, 20);

    ByteBuf message = message(script, 9);

    assertThat(script.headBytes()).isEqualTo(FrameHeader.BYTES);
    assertThat(message.readableBytes()).isEqualTo(28).isEqualTo(script.bytes(CONNECTION, 9));
    assertThat(message.getLong(0)).isEqualTo(FrameHeader.of(FrameType.BINARY, 20));
  }

  @Test
  void stampsEachFrameWithItsSequence() {
    Script script = script(ClientMode.FRAMES, Stamps.ON, 20, 20);

    ByteBuf message = message(script, 9);

    assertThat(script.headBytes()).isEqualTo(FrameHeader.BYTES + Stamp.BYTES);
    assertThat(message.getLong(0)).isEqualTo(FrameHeader.stamped(FrameType.BINARY, 20));
    assertThat(Stamp.read(message, FrameHeader.BYTES)).isEqualTo(Stamp.request(9));
  }

  @Test
  void putsNothingInFrontInStreamMode() {
    Script script = script(ClientMode.STREAM, Stamps.OFF, 20, 20);

    assertThat(script.headBytes()).isZero();
    assertThat(message(script, 9).readableBytes()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource({
    "FRAMES, OFF, PLAIN",
    "FRAMES, ON, PLAIN",
    "FRAMES, ON, AWARE",
    "FRAMES, OFF, AWARE",
    "STREAM, OFF, UNKNOWN"
  })
  void agreesWithItsOwnMessagesHoweverTheyAreCut(ClientMode mode, Stamps stamps, Peer peer) {
    Script script = script(mode, stamps, 0, 90);
    Random random = new Random(1);
    for (long sequence = 0; sequence < 500; sequence++) {
      ByteBuf message = message(script, sequence);
      int length = message.readableBytes();
      int cut = random.nextInt(length + 1);

      assertThat(agreeing(script, message, 0, length, sequence, 0, peer)).isEqualTo(length);
      assertThat(agreeing(script, message, 0, cut, sequence, 0, peer)).isEqualTo(cut);
      assertThat(agreeing(script, message, cut, length - cut, sequence, cut, peer))
          .as("message %d from byte %d on", sequence, cut)
          .isEqualTo(length - cut);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FRAMES, OFF, PLAIN",
    "FRAMES, ON, PLAIN",
    "FRAMES, ON, AWARE",
    "STREAM, OFF, UNKNOWN"
  })
  void findsTheFirstByteThatDiffers(ClientMode mode, Stamps stamps, Peer peer) {
    for (int size : new int[] {1, 7, 8, 15, 16, 17, 23, 24, 64, 600}) {
      Script script = script(mode, stamps, size, size);
      ByteBuf message = message(script, 3);
      int length = message.readableBytes();
      for (int at = 0; at < length; at++) {
        boolean isFilled = peer == Peer.AWARE && at >= 16 && at < 40;
        message.setByte(at, message.getByte(at) ^ 0x10);
        for (int from : new int[] {0, at / 2, at}) {
          assertThat(agreeing(script, message, from, length - from, 3, from, peer))
              .as("%d bytes, byte %d differs, from %d on", size, at, from)
              .isEqualTo(isFilled ? length - from : at - from);
        }
        message.setByte(at, message.getByte(at) ^ 0x10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {65_535, 65_536, 65_537, 65_551, 65_552, 65_553, 131_072, 200_000})
  void agreesOverTheBordersOfBlocks(int size) {
    Script script = script(ClientMode.FRAMES, Stamps.OFF, size, size);
    ByteBuf message = message(script, 1);
    int length = message.readableBytes();
    assertThat(length).isEqualTo(size + FrameHeader.BYTES);

    for (int from : new int[] {0, 1, 65_540, 65_544, 65_545, 65_559, 65_560}) {
      int at = Math.min(from, length);
      assertThat(agreeing(script, message, at, length - at, 1, at, Peer.PLAIN))
          .isEqualTo(length - at);
    }
    for (int at : new int[] {8, 23, 24, 65_543, 65_544, 65_551, 65_552, 65_559, 65_560, 65_561}) {
      if (at < length) {
        message.setByte(at, message.getByte(at) ^ 1);
        assertThat(agreeing(script, message, 0, length, 1, 0, Peer.PLAIN)).isEqualTo(at);
        message.setByte(at, message.getByte(at) ^ 1);
      }
    }
  }

  @Test
  void agreesInBuffersOfPieces() {
    Script script = script(ClientMode.FRAMES, Stamps.ON, 700, 700);
    ByteBuf whole = message(script, 2);
    int length = whole.readableBytes();
    for (int cut = 1; cut < length; cut += 3) {
      ByteBuf pieces = Unpooled.wrappedBuffer(whole.slice(0, cut), whole.slice(cut, length - cut));
      assertThat(agreeing(script, pieces, 0, length, 2, 0, Peer.PLAIN)).isEqualTo(length);
    }
  }

  @Test
  void takesNoOtherMessageForIt() {
    Script script = script(ClientMode.STREAM, Stamps.OFF, 64, 64);
    ByteBuf message = message(script, 2);

    assertThat(agreeing(script, message, 0, 64, 3, 0, Peer.UNKNOWN)).isLessThan(8);
    assertThat(script.agreeing(message, 0, 64, CONNECTION + 1, 2, 0, Peer.UNKNOWN)).isLessThan(8);
    Script otherSeed =
        new Script(ClientMode.STREAM, Stamps.OFF, new PayloadSource.Generated(64, 64), 43);
    assertThat(agreeing(otherSeed, message, 0, 64, 2, 0, Peer.UNKNOWN)).isLessThan(8);
  }

  @Test
  void usesTheWholeRangeOfSizes() {
    Script script = script(ClientMode.STREAM, Stamps.OFF, 3, 12);
    Set<Integer> sizes = new HashSet<>();
    long sum = 0;
    for (long sequence = 0; sequence < 10_000; sequence++) {
      sizes.add(script.bytes(CONNECTION, sequence));
      sum += script.bytes(CONNECTION, sequence);
    }

    assertThat(sizes).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(sum / 10_000.0).isBetween(7.3, 7.7);
  }

  @Test
  void identifiesAPayloadWhereItBegins() {
    Script script = script(ClientMode.FRAMES, Stamps.OFF, 16, 90);
    for (long sequence = 0; sequence < 1_000; sequence++) {
      ByteBuf message = message(script, sequence);

      assertThat(script.identify(message, FrameHeader.BYTES))
          .isEqualTo(new MessageId(CONNECTION, sequence));
      assertThat(script.identify(message, FrameHeader.BYTES - 1)).isNull();
      assertThat(script.identify(message, message.readableBytes() - 15)).isNull();
    }
  }

  @Test
  void identifiesNothingThatIsTooShort() {
    Script small = script(ClientMode.STREAM, Stamps.OFF, 15, 15);
    ByteBuf twice = message(small, 0);
    small.write(twice, CONNECTION, 1);

    assertThat(small.identify(twice, 0)).isNull();
    assertThat(small.isNaming()).isFalse();
    assertThat(script(ClientMode.STREAM, Stamps.OFF, 15, 16).isNaming()).isTrue();
  }

  @Test
  void identifiesNothingAtTheBeginOfALaterBlock() {
    Script script = script(ClientMode.STREAM, Stamps.OFF, 70_000, 70_000);

    assertThat(script.identify(message(script, 0), 1 << 16)).isNull();
  }

  @Test
  void repeatsFixedBytes() {
    Script script =
        new Script(ClientMode.STREAM, Stamps.OFF, new PayloadSource.Fixed(TEXT, "text"), 1);
    ByteBuf out = message(script, 0);
    script.write(out, CONNECTION, 1);

    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("hellohello");
    assertThat(script.identify(out, 0)).isNull();
    assertThat(agreeing(script, out, 5, 5, 1, 0, Peer.UNKNOWN)).isEqualTo(5);
    assertThat(agreeing(script, out, 3, 5, 1, 3, Peer.UNKNOWN)).isEqualTo(2);
    assertThat(agreeing(script, out, 4, 5, 1, 3, Peer.UNKNOWN)).isZero();
  }

  @Test
  void makesTheSameInATwin() {
    Script script = script(ClientMode.FRAMES, Stamps.ON, 0, 2_000);
    Script twin = script.twin();
    for (long sequence = 0; sequence < 100; sequence++) {
      ByteBuf message = message(script, sequence);
      assertThat(twin.bytes(CONNECTION, sequence)).isEqualTo(message.readableBytes());
      assertThat(agreeing(twin, message, 0, message.readableBytes(), sequence, 0, Peer.PLAIN))
          .isEqualTo(message.readableBytes());
    }
  }

  private static int agreeing(
      Script script, ByteBuf in, int index, int available, long sequence, int from, Peer peer) {
    return script.agreeing(in, index, available, CONNECTION, sequence, from, peer);
  }

  private static ByteBuf message(Script script, long sequence) {
    ByteBuf out = Unpooled.buffer(script.bytes(CONNECTION, sequence));
    script.write(out, CONNECTION, sequence);
    return out;
  }

  private static Script script(ClientMode mode, Stamps stamps, int least, int most) {
    return new Script(mode, stamps, new PayloadSource.Generated(least, most), 42);
  }
}
