package dev.echo.echo;

import static dev.echo.echo.Frames.buffer;
import static dev.echo.echo.Frames.echoed;
import static dev.echo.echo.Frames.header;
import static dev.echo.echo.Frames.send;
import static dev.echo.echo.Frames.stamped;
import static dev.echo.echo.Frames.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameProgress;
import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramesHandlerTest {
  private static final FrameError DRAINING =
      new FrameError(ErrorCode.DRAINING, "the server is shutting down");

  private final FramesHandler frames = new FramesHandler(FrameHeader.MAX_LENGTH);
  private final EmbeddedChannel channel = new EmbeddedChannel(frames, new OpenEcho());

  private static String errorHead(ErrorCode code) {
    return "0f000000" + String.format("%04x", code.code());
  }

  @Test
  void passesOnTheVeryBufferThatWasRead() {
    ByteBuf sent = buffer(text("68656c6c6f"));

    channel.writeInbound(sent);

    ByteBuf echo = channel.readOutbound();
    assertThat(echo).isSameAs(sent);
    echo.release();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void returnsFramesAsTheyAreWhereverTheyAreTorn() {
    Bytes all =
        text("6869").then(text("")).then(header(3, 0, 1)).then(new Bytes("010203")).then(text2());
    for (int at = 0; at <= all.size(); at++) {
      EmbeddedChannel torn = fresh();

      send(torn, all.first(at));
      send(torn, new Bytes(all.hex().substring(2 * at)));

      assertThat(echoed(torn)).as("torn at %d", at).isEqualTo(all);
      assertThat(torn.finish()).isFalse();
    }
  }

  private static Bytes text2() {
    return header(1, 0, 0).then(new Bytes("ff"));
  }

  private static EmbeddedChannel telling() {
    return new EmbeddedChannel(
        new FramesHandler(FrameHeader.MAX_LENGTH, channel -> "{\"\u00e9\":1}"), new OpenEcho());
  }

  @Test
  void answersAQuestionInItsPlaceWhereverItIsTorn() {
    Bytes question = header(0, 2, 0);
    Bytes answer = header(8, 2, 0).then(new Bytes("7b22c3a9223a317d"));
    Bytes all = text("6869").then(question).then(stamped(1, "ff"));
    for (int at = 0; at <= all.size(); at++) {
      EmbeddedChannel torn = telling();

      send(torn, all.first(at));
      send(torn, new Bytes(all.hex().substring(2 * at)));

      String came = echoed(torn).hex();
      assertThat(came)
          .as("torn at %d", at)
          .hasSize(2 * (all.size() + 8))
          .startsWith(text("6869").then(answer).hex() + "0000002100020000" + "0000000000000001")
          .endsWith("0000000000000001" + "ff");
      assertThat(torn.finish()).isFalse();
    }
  }

  @Test
  void answersOneQuestionOnly() {
    EmbeddedChannel asked = telling();
    Bytes question = header(0, 2, 0);

    send(asked, question.then(text("68")).then(question).then(text("69")));

    assertThat(echoed(asked).hex())
        .startsWith("0000000802000000")
        .contains(text("68").hex() + "00000022" + errorHead(ErrorCode.MALFORMED))
        .doesNotContain(text("69").hex());
    assertThat(asked.finish()).isFalse();
  }

  @Test
  void returnsAQuestionThatItCannotAnswer() {
    Bytes twice = header(0, 2, 0).then(header(0, 2, 0));

    send(channel, twice);

    assertThat(echoed(channel)).isEqualTo(twice);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void returnsRandomFramesCutAtRandom() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Bytes all = Bytes.NONE;
      for (int i = random.nextInt(8); i >= 0; i--) {
        all = all.then(text("5a".repeat(random.nextInt(100))));
      }
      EmbeddedChannel cut = fresh();

      for (int from = 0; from < all.size(); ) {
        int to = Math.min(all.size(), from + 1 + random.nextInt(20));
        send(cut, new Bytes(all.hex().substring(2 * from, 2 * to)));
        from = to;
      }

      assertThat(echoed(cut)).as("seed %d", seed).isEqualTo(all);
      assertThat(cut.finish()).isFalse();
    }
  }

  @Test
  void holdsNothingButAnIncompleteHead() {
    send(channel, header(10, 0, 0).then(new Bytes("01020304")));
    assertThat(echoed(channel).size()).isEqualTo(12);
    assertThat(frames.isInsideFrame()).isTrue();

    send(channel, new Bytes("050607080910" + "000000"));

    assertThat(echoed(channel).size()).isEqualTo(6);
    assertThat(frames.isInsideFrame()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void fillsAStampWhereverItIsTorn() {
    Bytes frame = stamped(7, "6869");
    for (int at = 0; at <= frame.size(); at++) {
      EmbeddedChannel torn = fresh();

      send(torn, frame.first(at));
      send(torn, new Bytes(frame.hex().substring(2 * at)));

      ByteBuf out = Unpooled.wrappedBuffer(echoed(torn).toArray());
      assertThat(out.readLong()).isEqualTo(34L << 32 | 2 << 16);
      assertThat(out.readLong()).as("sequence, torn at %d", at).isEqualTo(7);
      long received = out.readLong();
      long sent = out.readLong();
      assertThat(received).as("received, torn at %d", at).isPositive();
      assertThat(sent).as("sent, torn at %d", at).isGreaterThanOrEqualTo(received);
      assertThat(out.readLong()).as("count, torn at %d", at).isEqualTo(1);
      assertThat(out.readableBytes()).isEqualTo(2);
      assertThat(torn.finish()).isFalse();
    }
  }

  @Test
  void countsStampsOverAllBuffersOfABatch() {
    channel.writeInbound(
        buffer(stamped(1, "").then(stamped(2, "ff"))), buffer(stamped(3, "").then(text("00"))));

    Bytes all = echoed(channel);
    assertThat(all.hex().substring(2 * 32, 2 * 40)).isEqualTo("0000000000000001");
    assertThat(all.hex().substring(2 * 72, 2 * 80)).isEqualTo("0000000000000002");
    assertThat(all.hex().substring(2 * 113, 2 * 121)).isEqualTo("0000000000000003");
    assertThat(all.hex().substring(2 * 64, 2 * 72)).isNotEqualTo("0000000000000000");
    assertThat(all.hex().substring(2 * 105, 2 * 113)).isNotEqualTo("0000000000000000");
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "5, 2, 0",
    "5, 14, 0",
    "5, 255, 0",
    "5, 0, 4",
    "5, 1, 128",
    "31, 0, 2",
    "0, 0, 2",
    "5, 15, 0",
    "4294967295, 7, 0"
  })
  void answersAMalformedFrameBehindTheWholeOnes(long length, int type, int flags) {
    Bytes bad = header(length, type, flags);
    for (int at = 0; at <= 8; at++) {
      EmbeddedChannel torn = fresh();

      send(torn, text("6869").then(bad.first(at)));
      send(torn, new Bytes(bad.hex().substring(2 * at)).then(new Bytes("aabbcc")));
      send(torn, text("ffff"));

      assertThat(echoed(torn).hex())
          .as("torn at %d", at)
          .startsWith(text("6869").hex())
          .contains(errorHead(ErrorCode.MALFORMED))
          .doesNotContain("aabbcc")
          .doesNotContain("ffff");
      assertThat(torn.finish()).isFalse();
    }
  }

  @Test
  void answersAMessageThatChangesItsType() {
    send(channel, header(1, 0, 1).then(new Bytes("11")).then(text("22")));

    assertThat(echoed(channel).hex())
        .startsWith(header(1, 0, 1).then(new Bytes("11")).hex())
        .contains(errorHead(ErrorCode.MALFORMED));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void refusesAFrameOverTheLimitByItsHeaderAlone() {
    EmbeddedChannel limited = new EmbeddedChannel(new FramesHandler(5), new OpenEcho());

    send(limited, text("6869686968").then(header(6, 1, 0)));

    assertThat(echoed(limited).hex())
        .startsWith(text("6869686968").hex())
        .contains(errorHead(ErrorCode.FRAME_TOO_LARGE));
    assertThat(limited.finish()).isFalse();
  }

  @Test
  void drainsAtOnceBetweenFrames() {
    send(channel, text("6869"));
    channel.pipeline().fireUserEventTriggered(DRAINING);
    send(channel, text("ffff"));

    assertThat(echoed(channel).hex())
        .startsWith(text("6869").hex())
        .contains(errorHead(ErrorCode.DRAINING))
        .doesNotContain("ffff");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void drainsBehindTheFrameUnderWay() {
    Bytes frame = text("686968696869");
    for (int at = 1; at < frame.size(); at++) {
      EmbeddedChannel torn = fresh();

      send(torn, frame.first(at));
      torn.pipeline().fireUserEventTriggered(DRAINING);
      send(torn, new Bytes(frame.hex().substring(2 * at)).then(text("ffff")));

      assertThat(echoed(torn).hex())
          .as("torn at %d", at)
          .startsWith(frame.hex())
          .contains(errorHead(ErrorCode.DRAINING))
          .doesNotContain("ffff");
      assertThat(torn.finish()).isFalse();
    }
  }

  @Test
  void saysNothingWhenItIsStoppedInsideAFrame() {
    send(channel, header(10, 0, 0).then(new Bytes("0102")));

    channel.pipeline().fireUserEventTriggered(new FrameError(ErrorCode.IDLE_OR_STALLED, "stalled"));

    assertThat(echoed(channel)).isEqualTo(header(10, 0, 0).then(new Bytes("0102")));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void returnsAnIncompleteHeadAtTheEndOfInput() {
    send(channel, new Bytes("00000005"));

    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(echoed(channel)).isEqualTo(new Bytes("00000005"));
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void makesAStepForEveryPieceAndNoneForATrickle() {
    List<Long> steps = new ArrayList<>();
    channel.writeInbound(buffer(header(FrameProgress.STEP_BYTES * 3L, 0, 0)));
    steps.add(frames.steps());
    for (int i = 0; i < 3; i++) {
      send(channel, new Bytes("01"));
      steps.add(frames.steps());
    }
    channel.writeInbound(Unpooled.buffer().writeZero(FrameProgress.STEP_BYTES));
    steps.add(frames.steps());

    assertThat(steps).containsExactly(1L, 1L, 1L, 1L, 2L);
    echoed(channel);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void releasesWhatItHoldsWhenTheConnectionIsLost() {
    channel.pipeline().fireChannelRead(buffer(stamped(1, "ff")));
    channel.pipeline().fireChannelRead(buffer(new Bytes("000000")));

    assertThat(channel.finish()).isFalse();
    assertThat(channel.isOpen()).isFalse();
  }

  private static EmbeddedChannel fresh() {
    return new EmbeddedChannel(new FramesHandler(FrameHeader.MAX_LENGTH), new OpenEcho());
  }
}
