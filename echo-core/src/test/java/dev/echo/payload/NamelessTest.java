package dev.echo.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages that do not name themselves: only what is certain is said. */
class NamelessTest {
  private static final int CONNECTION = 3;
  private static final byte[] TEXT = "Hello, world, how are you today?".getBytes(US_ASCII);

  private final Seen seen = new Seen();
  private final ByteBuf in = ByteBufAllocator.DEFAULT.buffer();
  private Script script = fixed(ClientMode.STREAM);
  private Follower follower = follower();

  @AfterEach
  void release() {
    follower.release();
    in.release();
  }

  @Test
  void seesAHitByteInFixedBytes() {
    write(0, 5);
    in.setByte(70, in.getByte(70) ^ 4);

    receive(5);

    assertOnly(Verdict.CORRUPT, 2, 6);
    assertThat(seen.echoed).isEqualTo(4);
  }

  @Test
  void seesAHitByteInTheLastMessage() {
    write(0, 3);
    in.setByte(70, in.getByte(70) ^ 4);

    receive(3);

    assertOnly(Verdict.CORRUPT, 2, 6);
    assertThat(follower.isInspecting()).isFalse();
  }

  @Test
  void seesAHitByteInAShortMessage() {
    use(generated(ClientMode.FRAMES, 5, 5));
    write(0, 9);
    in.setByte(2 * 13 + 11, in.getByte(2 * 13 + 11) ^ 4);

    receive(9);

    assertOnly(Verdict.CORRUPT, 2, 11);
    assertThat(seen.echoed).isEqualTo(8);
  }

  @Test
  void seesAHitHeaderInFrontOfAShortMessage() {
    use(generated(ClientMode.FRAMES, 5, 5));
    write(0, 9);
    in.setByte(2 * 13 + 5, in.getByte(2 * 13 + 5) ^ 4);

    receive(9);

    assertOnly(Verdict.FRAMING_LOST, 2, 5);
    assertThat(seen.echoed).isEqualTo(8);
  }

  @Test
  void claimsNothingWhenBytesAreMissing() {
    use(generated(ClientMode.STREAM, 5, 5));
    write(0, 7);
    ByteBuf rest = in.copy(13, in.writerIndex() - 13);
    in.writerIndex(12).writeBytes(rest);
    rest.release();
    write(7, 40);

    receive(40);

    assertOnly(Verdict.UNKNOWN, 2, 2);
    assertThat(seen.lost).isEqualTo(1);
    assertThat(seen.echoed).isEqualTo(2);
  }

  @Test
  void findsItsWayByTheLongMessagesAmongShortOnes() {
    use(generated(ClientMode.FRAMES, 0, 64));
    write(0, 50);
    int hit = 0;
    int at = 0;
    while (script.isNamed(CONNECTION, hit) || script.bytes(CONNECTION, hit) < 12) {
      at += script.bytes(CONNECTION, hit++);
    }
    in.setByte(at + 9, in.getByte(at + 9) ^ 1);

    receive(50);

    assertOnly(Verdict.CORRUPT, hit, 9);
    assertThat(seen.echoed).isEqualTo(49);
  }

  private void assertOnly(Verdict verdict, long sequence, long offset) {
    assertThat(seen.wrong).hasSize(1);
    WrongEcho wrong = seen.wrong.get(0);
    assertThat(wrong.verdict()).as(wrong.toString()).isEqualTo(verdict);
    assertThat(wrong.sequence()).as(wrong.toString()).isEqualTo(sequence);
    assertThat(wrong.offset()).as(wrong.toString()).isEqualTo(offset);
  }

  private void use(Script other) {
    script = other;
    follower = follower();
  }

  private Follower follower() {
    Follower made = new Follower(script.twin(), CONNECTION, seen);
    made.begin(0, Peer.PLAIN);
    return made;
  }

  private void write(int from, int to) {
    for (int sequence = from; sequence < to; sequence++) {
      script.write(in, CONNECTION, sequence);
    }
  }

  private void receive(long sent) {
    follower.received(in, sent, Seen.NANOS);
    in.clear();
  }

  private static Script fixed(ClientMode mode) {
    return new Script(mode, Stamps.OFF, new PayloadSource.Fixed(TEXT, "text"), 1);
  }

  private static Script generated(ClientMode mode, int least, int most) {
    return new Script(mode, Stamps.OFF, new PayloadSource.Generated(least, most), 11);
  }
}
