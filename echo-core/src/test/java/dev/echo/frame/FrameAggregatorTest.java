package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.testing.BufferKind;
import dev.echo.testing.Bytes;
import dev.echo.testing.DecoderRun;
import dev.echo.testing.DecoderVerifier;
import dev.echo.testing.Script;
import dev.echo.testing.Script.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameAggregatorTest {
  private static final int LIMIT = 100;
  private static final Failure TOO_LARGE = new Failure(MalformedFrameException.class);
  private static final Failure TRUNCATED = new Failure(TruncatedFrameException.class);
  private static final Stamp STAMP = Stamp.request(9);

  private static final Script REQUEST = Script.of(Wire.REQUEST);
  private static final Script AWARE = Script.of(Wire.ANSWER, PeerPreface.AWARE);

  private final DecoderVerifier server = server(LIMIT);
  private final DecoderVerifier client =
      DecoderVerifier.gathering(
          () -> List.of(FrameDecoder.forClient(), new FrameAggregator(LIMIT)));

  private static DecoderVerifier server(int limit) {
    return DecoderVerifier.gathering(
        () -> List.of(FrameDecoder.forServer(Wire.MAX), new FrameAggregator(limit)));
  }

  @Test
  void makesOneMessageOfOneFrame() {
    Bytes payload = Wire.payload(20);
    server.verify(
        REQUEST.then(
            Script.of(
                    Wire.frame(FrameType.TEXT, 20).input(), message(FrameType.TEXT, payload, null))
                .times(3)));
  }

  @Test
  void makesAMessageOfAnEmptyFrame() {
    server.verify(
        REQUEST.then(
            Script.of(
                Wire.frame(FrameType.BINARY, 0).input(),
                message(FrameType.BINARY, Bytes.NONE, null))));
  }

  @Test
  void joinsFramesUpToTheOneWithoutMoreAndKeepsTheFirstStamp() {
    Bytes input =
        Wire.header(33, 0, 3, 0)
            .then(Wire.stamp(9, 0, 0, 0))
            .then(new Bytes("01"))
            .then(Wire.header(0, 0, 1, 0))
            .then(Wire.header(32, 0, 2, 0))
            .then(Wire.stamp(10, 0, 0, 0));
    client.verify(AWARE.then(Script.of(input, message(FrameType.BINARY, new Bytes("01"), STAMP))));
  }

  @Test
  void joinsPiecesOfEverySize() {
    Bytes payload = Wire.payload(20_000);
    Script message =
        Script.of(
            Wire.more(FrameType.BINARY, 20_000)
                .input()
                .then(Wire.frame(FrameType.BINARY, 1).input()),
            message(FrameType.BINARY, payload.then(Wire.payload(1)), null));
    DecoderVerifier large = server(1 << 20);

    large.verify(REQUEST.then(message));
    List<Object> cut =
        large.run(
            BufferKind.HEAP, REQUEST.then(message).input().toArray(), 20, 4_500, 4_501, 9_000);
    assertThat(cut).startsWith(message.output().get(0));
  }

  @Test
  void takesAMessageOfExactlyTheLimit() {
    Script last =
        Script.of(
            Wire.frame(FrameType.TEXT, LIMIT).input(),
            message(FrameType.TEXT, Wire.payload(LIMIT), null));
    server.verify(REQUEST.then(last));
  }

  @Test
  void refusesAMessageOverTheLimitAtTheHeadThatSaysSo() {
    Script rest = Script.of(Wire.frame(FrameType.TEXT, 5).input());

    server.verify(
        REQUEST
            .then(Script.of(Wire.frame(FrameType.TEXT, LIMIT + 1).input(), TOO_LARGE))
            .then(rest));
    server.verify(
        REQUEST
            .then(Script.of(Wire.more(FrameType.TEXT, LIMIT - 1).input()))
            .then(Script.of(Wire.header(2, 1, 0, 0), TOO_LARGE, TRUNCATED)));
  }

  @Test
  void saysWhyAMessageIsRefused() {
    EmbeddedChannel channel =
        new EmbeddedChannel(FrameDecoder.forServer(Wire.MAX), new FrameAggregator(2));
    ByteBuf in =
        Unpooled.wrappedBuffer(Wire.REQUEST.then(Wire.header(Wire.MAX, 0, 0, 0)).toArray());

    assertThatThrownBy(() -> channel.writeInbound(in))
        .isInstanceOfSatisfying(
            MalformedFrameException.class,
            e ->
                assertThat(e.error())
                    .isEqualTo(
                        new FrameError(
                            ErrorCode.FRAME_TOO_LARGE,
                            "message of 4294967295 bytes or more (allowed: 2)")));
    assertThatThrownBy(channel::finish).isInstanceOf(TruncatedFrameException.class);
  }

  @Test
  void makesAnErrorOfAnErrorFrame() {
    client.verify(
        AWARE
            .then(Script.of(Wire.more(FrameType.TEXT, 5).input()))
            .then(Script.of(Wire.error(3, "627965").input(), new FrameError(3, "bye"))));
  }

  @Test
  void keepsOnlyTheBeginningOfALongErrorAndIgnoresTheLimitForIt() {
    client.verify(
        AWARE.then(
            Script.of(
                Wire.error(7, "61".repeat(5_000)).input(), new FrameError(7, "a".repeat(1024)))));
  }

  @Test
  void dropsAMessageThatIsCutOff() {
    server.verify(REQUEST.then(Script.of(Wire.more(FrameType.TEXT, 50).input(), TRUNCATED)));
    server.verify(
        REQUEST.then(Script.of(Wire.header(50, 1, 0, 0).then(Wire.payload(49)), TRUNCATED)));
  }

  @Test
  void dropsAMessageWhenItIsRemoved() {
    FrameAggregator aggregator = new FrameAggregator(LIMIT);
    EmbeddedChannel channel = new EmbeddedChannel(aggregator);
    ByteBuf piece = Unpooled.directBuffer(8 * 1024).writeZero(50);
    channel.writeInbound(FrameHead.whole(FrameType.TEXT, 51), piece);

    channel.pipeline().remove(aggregator);

    assertThat(piece.refCnt()).isZero();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOtherMessages() {
    EmbeddedChannel channel = new EmbeddedChannel(new FrameAggregator(0));

    channel.writeInbound("hello");

    assertThat(channel.<String>readInbound()).isEqualTo("hello");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void spendsAboutAsMuchMemoryAsTheMessageHasBytesWhenItComesByteByByte() {
    DecoderRun run =
        new DecoderRun(List.of(FrameDecoder.forServer(Wire.MAX), new FrameAggregator(1 << 20)));
    run.feed(BufferKind.HEAP, Wire.REQUEST.then(Wire.header(20_000, 0, 0, 0)).toArray());

    for (int i = 0; i < 10_000; i++) {
      run.feed(BufferKind.HEAP, new byte[1]);
    }

    assertThat(run.liveBytes()).isBetween(10_000L, 20_000L);
    assertThat(run.end()).contains(TRUNCATED);
  }

  @Test
  void allocatesNextToNothingForAHeader() {
    DecoderRun run =
        new DecoderRun(
            List.of(FrameDecoder.forServer(Wire.MAX), new FrameAggregator(Integer.MAX_VALUE)));

    run.feed(BufferKind.HEAP, Wire.REQUEST.then(Wire.header(Integer.MAX_VALUE, 0, 0, 0)).toArray());
    run.feed(BufferKind.HEAP, new byte[1]);

    assertThat(run.allocatedBytes()).isLessThan(4 * 1024);
    assertThat(run.end()).contains(TRUNCATED);
  }

  @Test
  void refusesANegativeLimit() {
    assertThatThrownBy(() -> new FrameAggregator(-1))
        .hasMessage("maxMessageBytes: -1 (expected: >= 0)");
  }

  private static FrameMessage message(FrameType type, Bytes content, Stamp stamp) {
    return new FrameMessage(type, Unpooled.wrappedBuffer(content.toArray()), stamp);
  }
}
