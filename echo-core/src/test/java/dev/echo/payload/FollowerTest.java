package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.verify.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowerTest {
  private static final int CONNECTION = 3;

  private final Seen seen = new Seen();
  private final ByteBuf in = ByteBufAllocator.DEFAULT.buffer();
  private HonestPath path = path(ClientMode.FRAMES, Stamps.ON, Peer.AWARE, 64, 64);
  private Follower follower = follower();

  @AfterEach
  void release() {
    follower.release();
    in.release();
  }

  @Test
  void tellsEachMessageWithItsResidence() {
    write(0, 3);

    receive(3);

    assertThat(seen.echoed).isEqualTo(3);
    assertThat(seen.bytes).isEqualTo(3 * 104);
    assertThat(seen.residence).isEqualTo(HonestPath.RESIDENCE_NANOS);
    assertThat(follower.nextSequence()).isEqualTo(3);
    assertThat(follower.isAtBoundary()).isTrue();
  }

  @Test
  void readsAStampThatIsTornAnywhere() {
    int length = path.script().bytes(CONNECTION, 0);
    for (int first = 1; first < length; first++) {
      for (int second = first; second < length; second += 7) {
        ByteBuf message = path.message(CONNECTION, seen.next);
        long sent = seen.next + 1;
        seen.residence = 0;

        follower.received(message.slice(0, first), sent, Seen.NANOS);
        assertThat(follower.isAtBoundary()).isFalse();
        follower.received(message.slice(first, second - first), sent, Seen.NANOS);
        follower.received(message.slice(second, length - second), sent, Seen.NANOS);

        assertThat(follower.isAtBoundary()).isTrue();
        assertThat(seen.residence).isEqualTo(HonestPath.RESIDENCE_NANOS);
        message.release();
      }
    }
  }

  @Test
  void knowsNoResidenceFromAPlainPeer() {
    use(path(ClientMode.FRAMES, Stamps.ON, Peer.PLAIN, 64, 64));
    write(0, 1);

    receive(1);

    assertThat(seen.echoed).isEqualTo(1);
    assertThat(seen.residence).isEqualTo(-1);
  }

  @Test
  void tellsEmptyMessages() {
    use(path(ClientMode.FRAMES, Stamps.OFF, Peer.PLAIN, 0, 0));
    write(0, 5);

    receive(5);

    assertThat(seen.echoed).isEqualTo(5);
  }

  @Test
  void ignoresEverythingBeforeItBeginsAndAfterItsRelease() {
    write(0, 1);
    Follower idle = new Follower(path.script(), CONNECTION, seen);
    idle.received(in, 1, Seen.NANOS);
    follower.release();
    write(0, 1);
    receive(1);

    assertThat(seen.echoed).isZero();
    assertThat(seen.wrong).isEmpty();
  }

  @Test
  void beginsAgainInsideOfAMessage() {
    ByteBuf message = path.message(CONNECTION, 0);
    follower.received(message.slice(0, 50), 1, Seen.NANOS);
    message.release();

    follower.begin(7, Peer.AWARE);
    seen.next = 7;
    write(7, 9);
    receive(9);

    assertThat(seen.echoed).isEqualTo(2);
  }

  @Test
  void waitsForNothingWhenTheEndOfAHitMessageIsSound() {
    write(0, 1);
    in.setByte(60, in.getByte(60) ^ 3);

    receive(1);

    assertOnly(Verdict.CORRUPT, 0, 2);
    assertThat(seen.wrong.get(0).offset()).isEqualTo(60);
    assertThat(seen.wrong.get(0).sentence())
        .isEqualTo("message 1 of connection 3 is corrupt: 2 bits from byte 60 on");
    assertThat(follower.isInspecting()).isFalse();
  }

  @Test
  void waitsForNothingWhenTheLastByteOfTheLastMessageIsHit() {
    write(0, 1);
    in.setByte(103, in.getByte(103) ^ 8);

    receive(1);

    assertOnly(Verdict.CORRUPT, 0, 1);
    assertThat(seen.wrong.get(0).sentence())
        .isEqualTo("message 1 of connection 3 is corrupt: 1 bit in byte 103");
  }

  @Test
  void tellsAnErrorFrameInThePlaceOfAMessage() {
    write(0, 2);
    ByteBuf error =
        new FrameError(ErrorCode.DRAINING, "going away").toFrame(ByteBufAllocator.DEFAULT);
    in.writeBytes(error);
    error.release();

    receive(5);

    assertThat(seen.echoed).isEqualTo(2);
    assertThat(seen.wrong).isEmpty();
    assertThat(seen.refused).containsExactly(new FrameError(ErrorCode.DRAINING, "going away"));
    assertThat(seen.lost).isZero();
  }

  @Test
  void tellsAnErrorFrameThatComesByteByByte() {
    ByteBuf error = new FrameError(ErrorCode.LIMIT_REACHED, "").toFrame(ByteBufAllocator.DEFAULT);
    while (error.isReadable()) {
      assertThat(seen.refused).isEmpty();
      follower.received(error.readSlice(1), 0, Seen.NANOS);
    }
    error.release();

    assertThat(seen.refused).containsExactly(new FrameError(ErrorCode.LIMIT_REACHED, ""));
  }

  @Test
  void tellsAnErrorFrameThatIsCutOff() {
    ByteBuf error = new FrameError(ErrorCode.MALFORMED, "what?").toFrame(ByteBufAllocator.DEFAULT);
    follower.received(error.readSlice(12), 1, Seen.NANOS);
    error.release();

    follower.decideNow();

    assertThat(seen.refused).containsExactly(new FrameError(ErrorCode.MALFORMED, "wh"));
  }

  @Test
  void takesNoErrorFrameFromAPlainPeer() {
    use(path(ClientMode.FRAMES, Stamps.ON, Peer.PLAIN, 64, 64));
    ByteBuf error = new FrameError(ErrorCode.DRAINING, "").toFrame(ByteBufAllocator.DEFAULT);
    in.writeBytes(error);
    error.release();

    receive(1);
    follower.decideNow();

    assertThat(seen.refused).isEmpty();
    assertOnly(Verdict.UNKNOWN, 0, 0);
    assertThat(seen.lost).isEqualTo(1);
  }

  @Test
  void tellsWhatCameBehindEverythingThatWasSent() {
    write(0, 1);
    in.writeZero(12);

    receive(1);
    assertThat(follower.isInspecting()).isTrue();
    follower.decideNow();

    assertOnly(Verdict.SURPLUS, 1, 12);
    assertThat(seen.echoed).isEqualTo(1);
    write(1, 2);
    receive(2);
    assertThat(seen.echoed).isEqualTo(2);
  }

  @Test
  void neverTakesAMessageThatWasNotSentForAnEcho() {
    write(0, 2);

    receive(1);
    follower.decideNow();

    assertOnly(Verdict.SURPLUS, 1, 104);
  }

  @Test
  void tellsJunkInFrontOfAMessageThatIsSentLater() {
    write(0, 1);
    in.writeZero(12);
    receive(1);

    write(1, 2);
    receive(2);

    assertOnly(Verdict.SHIFTED, 1, 12);
  }

  @Test
  void tellsThatTheLastMessageCameAgain() {
    write(0, 1);
    write(0, 1);

    receive(1);

    assertOnly(Verdict.DUPLICATED, 0, 0);
    write(1, 2);
    receive(2);
    assertThat(seen.echoed).isEqualTo(2);
  }

  @Test
  void waitsForALateMessageBeforeItCallsItDropped() {
    write(1, 3);
    receive(9);
    assertThat(seen.wrong).isEmpty();

    write(3, 4);
    receive(9);

    assertOnly(Verdict.DROPPED, 0, 0);
    assertThat(seen.echoed).isEqualTo(3);
  }

  @Test
  void callsAMessageDroppedWhenNothingMoreComes() {
    write(2, 3);
    receive(3);
    assertThat(seen.wrong).isEmpty();

    follower.decideNow();

    assertThat(seen.wrong)
        .extracting(WrongEcho::verdict)
        .containsExactly(Verdict.DROPPED, Verdict.DROPPED);
    assertThat(seen.echoed).isEqualTo(1);
    assertThat(follower.isAtBoundary()).isTrue();
  }

  @Test
  void tellsWhenEachHeldMessageCame() {
    List<Long> times = new ArrayList<>();
    seen.then = () -> times.add(follower.receivedNanos());
    for (int sequence = 1; sequence < 4; sequence++) {
      ByteBuf message = path.message(CONNECTION, sequence);
      follower.received(message.slice(0, 50), 9, 10L * sequence);
      follower.received(message.slice(50, 54), 9, 10L * sequence + 1);
      message.release();
    }
    write(4, 5);
    follower.received(in, 9, 50);

    assertThat(seen.wrong).hasSize(1);
    assertThat(times.subList(1, 5)).containsExactly(11L, 21L, 31L, 50L);
  }

  @Test
  void knowsAMessageThatTwoOvertook() {
    write(1, 3);
    write(0, 1);
    write(3, 4);

    receive(4);

    assertOnly(Verdict.SWAPPED, 0, 2);
    assertThat(seen.echoed).isEqualTo(3);
  }

  @Test
  void knowsMessagesInReverse() {
    for (int sequence = 9; sequence >= 0; sequence--) {
      write(sequence, sequence + 1);
    }
    write(10, 11);

    receive(11);

    assertOnly(Verdict.SWAPPED, 0, 10);
    assertThat(seen.echoed).isEqualTo(10);
  }

  @Test
  void tellsWhichOfTheReorderedMessagesIsMissing() {
    write(2, 3);
    write(0, 1);
    write(3, 9);

    receive(9);

    assertThat(seen.wrong)
        .extracting(WrongEcho::verdict)
        .containsExactly(Verdict.SWAPPED, Verdict.DROPPED);
    assertThat(seen.wrong).extracting(WrongEcho::sequence).containsExactly(0L, 1L);
    assertThat(seen.echoed).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 104, 150, 208, 333, 520, 1_040})
  void followsOnBehindAHoleOfAnySize(int missing) {
    write(0, 20);
    int at = 2 * 104 + 70;
    ByteBuf rest = in.copy(at + missing, in.writerIndex() - at - missing);
    in.writerIndex(at).writeBytes(rest);
    rest.release();

    receive(20);

    assertThat(seen.lost).isZero();
    assertThat(seen.wrong.get(0).sequence()).isEqualTo(2);
    assertThat(seen.wrong).hasSizeLessThanOrEqualTo(3 + missing / 104);
    assertThat(seen.next).isEqualTo(20);
    assertThat(seen.echoed).isGreaterThanOrEqualTo(20 - 2 - missing / 104);
  }

  @Test
  void losesItsWayInEndlessJunkAndIgnoresTheRest() {
    write(0, 1);
    in.writeZero(1 << 20);
    while (in.isReadable() && seen.lost == 0) {
      follower.received(in.readSlice(1_000), 5, Seen.NANOS);
    }

    assertThat(in.readerIndex()).as("bytes held").isLessThan(70_000);
    assertOnly(Verdict.UNKNOWN, 1, 0);
    assertThat(seen.lost).isEqualTo(1);
    receive(5);
    assertThat(seen.wrong).hasSize(1);
    assertThat(seen.lost).isEqualTo(1);
  }

  @Test
  void decidesWhenADamagedMessageGoesSilent() {
    ByteBuf message = path.message(CONNECTION, 0);
    message.setByte(50, message.getByte(50) ^ 1);
    follower.received(message.slice(0, 80), 2, Seen.NANOS);
    message.release();
    assertThat(follower.isInspecting()).isTrue();

    follower.decideNow();

    assertThat(seen.wrong).hasSize(1);
    assertThat(seen.wrong.get(0).offset()).isEqualTo(50);
    assertThat(seen.lost).isEqualTo(1);
  }

  @Test
  void saysNothingOfAMessageThatOnlyStopped() {
    ByteBuf message = path.message(CONNECTION, 0);
    follower.received(message.slice(0, 80), 2, Seen.NANOS);
    message.release();

    follower.decideNow();

    assertThat(seen.wrong).isEmpty();
    assertThat(follower.isAtBoundary()).isFalse();
  }

  @Test
  void mayBeReleasedFromEveryCallback() {
    for (int stop = 1; stop <= 6; stop++) {
      Seen told = new Seen();
      Follower mine = new Follower(path.script(), CONNECTION, told);
      int last = stop;
      told.then =
          () -> {
            if (told.echoed + told.wrong.size() == last) {
              mine.release();
            }
          };
      mine.begin(0, Peer.AWARE);
      write(0, 1);
      write(3, 9);
      mine.received(in, 9, Seen.NANOS);
      in.clear();

      assertThat(told.echoed + told.wrong.size()).isEqualTo(stop);
      assertThat(mine.isInspecting()).isFalse();
    }
  }

  @Test
  void findsABitInAMessageOfMegabytes() {
    use(path(ClientMode.FRAMES, Stamps.ON, Peer.AWARE, 8 << 20, 8 << 20));
    write(0, 2);
    in.setByte(1_000_000, in.getByte(1_000_000) ^ 1);
    while (in.isReadable()) {
      follower.received(in.readSlice(Math.min(in.readableBytes(), 65_536)), 2, Seen.NANOS);
    }

    assertOnly(Verdict.CORRUPT, 0, 1);
    assertThat(seen.wrong.get(0).offset()).isEqualTo(1_000_000);
    assertThat(seen.echoed).isEqualTo(1);
  }

  @Test
  void findsWhatIsMissingInAMessageOfMegabytes() {
    use(path(ClientMode.STREAM, Stamps.OFF, Peer.UNKNOWN, 4 << 20, 4 << 20));
    write(0, 2);
    ByteBuf all = Unpooled.wrappedBuffer(in.slice(0, 1_000_000), in.slice(1_000_100, 7_388_508));
    while (all.isReadable()) {
      follower.received(all.readSlice(Math.min(all.readableBytes(), 65_536)), 2, Seen.NANOS);
    }

    assertOnly(Verdict.SHIFTED, 0, -100);
    assertThat(seen.wrong.get(0).offset()).isEqualTo(1_000_000);
    assertThat(seen.echoed).isEqualTo(1);
  }

  private void assertOnly(Verdict verdict, long sequence, long amount) {
    assertThat(seen.wrong).hasSize(1);
    WrongEcho wrong = seen.wrong.get(0);
    assertThat(wrong.verdict()).as(wrong.toString()).isEqualTo(verdict);
    assertThat(wrong.sequence()).as(wrong.toString()).isEqualTo(sequence);
    assertThat(wrong.amount()).as(wrong.toString()).isEqualTo(amount);
    assertThat(wrong.connection()).isEqualTo(CONNECTION);
  }

  private void use(HonestPath other) {
    path = other;
    follower = follower();
  }

  private Follower follower() {
    Follower made = new Follower(path.script().twin(), CONNECTION, seen);
    made.begin(0, path.peer());
    return made;
  }

  private void write(int from, int to) {
    for (int sequence = from; sequence < to; sequence++) {
      path.write(in, CONNECTION, sequence);
    }
  }

  private void receive(long sent) {
    follower.received(in, sent, Seen.NANOS);
    assertThat(in.isReadable()).isFalse();
    in.clear();
  }

  private static HonestPath path(ClientMode mode, Stamps stamps, Peer peer, int least, int most) {
    return new HonestPath(
        new Script(mode, stamps, new PayloadSource.Generated(least, most), 11), peer);
  }
}
