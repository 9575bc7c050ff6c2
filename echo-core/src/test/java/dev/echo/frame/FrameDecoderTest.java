package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.echo.testing.BufferKind;
import dev.echo.testing.Bytes;
import dev.echo.testing.DecoderRun;
import dev.echo.testing.DecoderRun.End;
import dev.echo.testing.DecoderVerifier;
import dev.echo.testing.Script;
import dev.echo.testing.Script.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameDecoderTest {
  private static final Failure MALFORMED = new Failure(MalformedFrameException.class);
  private static final Failure TRUNCATED = new Failure(TruncatedFrameException.class);
  private static final Failure NOT_FRAMES = new Failure(NotFramesException.class);
  private static final Stamp STAMP = new Stamp(-1, 2, Long.MIN_VALUE, 4);

  private static final Script REQUEST = Script.of(Wire.REQUEST);
  private static final Script PLAIN = Script.of(Wire.REQUEST, PeerPreface.PLAIN);
  private static final Script AWARE = Script.of(Wire.ANSWER, PeerPreface.AWARE);
  private static final Script AFTERWARDS = Script.of(Wire.payload(100));

  private final DecoderVerifier server = DecoderVerifier.streaming(() -> serverWithLimit(Wire.MAX));
  private final DecoderVerifier client = DecoderVerifier.streaming(FrameDecoder::forClient);

  private static FrameDecoder serverWithLimit(long maxFrameBytes) {
    return FrameDecoder.forServer(maxFrameBytes);
  }

  @Test
  void emitsHeadPiecesAndEndOfEachFrame() {
    Script frames =
        Wire.frame(FrameType.BINARY, 5)
            .then(Wire.frame(FrameType.TEXT, 0))
            .then(Wire.stamped(FrameType.BINARY, 3, STAMP))
            .then(Wire.stamped(FrameType.TEXT, 0, STAMP));

    server.verify(REQUEST.then(frames));
    client.verify(PLAIN.then(frames));
    client.verify(AWARE.then(frames));
  }

  @Test
  void readsManyFramesFromOneBuffer() {
    server.verify(REQUEST.then(Wire.frame(FrameType.BINARY, 17).times(50)));
    server.verify(REQUEST.then(Wire.frame(FrameType.TEXT, 0).times(200)));
    client.verify(AWARE.then(Wire.stamped(FrameType.BINARY, 9, STAMP).times(30)));
  }

  @Test
  void passesOnAPayloadLargerThanAnyBuffer() {
    server.verify(REQUEST.then(Wire.frame(FrameType.BINARY, 3_000)));
  }

  @Test
  void followsAMessageOfSeveralFrames() {
    server.verify(
        REQUEST
            .then(Wire.more(FrameType.TEXT, 4))
            .then(Wire.more(FrameType.TEXT, 0))
            .then(Wire.frame(FrameType.TEXT, 2))
            .then(Wire.frame(FrameType.BINARY, 1)));
  }

  @Test
  void readsAnErrorFromAServerInsideAMessageToo() {
    client.verify(AWARE.then(Wire.error(3, "6279650a")));
    client.verify(AWARE.then(Wire.more(FrameType.TEXT, 4)).then(Wire.error(1, "")));
  }

  @Test
  void readsAQuestionAndItsAnswer() {
    server.verify(REQUEST.then(Wire.frame(FrameType.WHOAMI, 0)));
    client.verify(AWARE.then(Wire.frame(FrameType.WHOAMI, 40)));
  }

  @Test
  void refusesAQuestionWithAPayload() {
    server.verify(REQUEST.then(Script.of(Wire.header(1, 2, 0, 0), MALFORMED)).then(AFTERWARDS));
  }

  @Test
  void saysWhatAnErrorFrameCarries() {
    client.verify(
        AWARE.then(
            Script.of(
                new Bytes("000000030f0000000002" + "ff"),
                FrameHead.whole(FrameType.ERROR, 3),
                new Bytes("0002ff"),
                FrameEnd.INSTANCE)));
  }

  @ParameterizedTest
  @CsvSource({
    // length, type, flags, reserved
    "0, 3, 0, 0",
    "0, 2, 1, 0",
    "32, 2, 2, 0",
    "0, 14, 0, 0",
    "0, 16, 0, 0",
    "0, 128, 0, 0",
    "0, 255, 0, 0",
    "0, 0, 4, 0",
    "0, 0, 8, 0",
    "0, 0, 128, 0",
    "0, 1, 255, 0",
    "0, 0, 0, 1",
    "0, 0, 0, 256",
    "0, 1, 0, 65535",
    "0, 0, 2, 0",
    "1, 0, 2, 0",
    "31, 1, 2, 0",
    "31, 0, 3, 0",
    "4294967295, 3, 0, 0",
    "4294967295, 255, 255, 65535"
  })
  void refusesAHeaderThatBreaksTheLayout(long length, int type, int flags, int reserved) {
    Script bad = Script.of(Wire.header(length, type, flags, reserved), MALFORMED);

    server.verify(REQUEST.then(bad).then(AFTERWARDS));
    server.verify(REQUEST.then(Wire.frame(FrameType.TEXT, 3)).then(bad).then(AFTERWARDS));
    client.verify(AWARE.then(bad).then(AFTERWARDS));
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "100, 0", "0, 0", "2, 1", "40, 2"})
  void refusesAnErrorFromAClient(long length, int flags) {
    server.verify(REQUEST.then(Script.of(Wire.header(length, 15, flags, 0), MALFORMED)));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 0", "2, 1", "40, 2", "40, 3"})
  void refusesAnErrorWithoutACodeOrWithAFlag(long length, int flags) {
    client.verify(AWARE.then(Script.of(Wire.header(length, 15, flags, 0), MALFORMED)));
  }

  @Test
  void refusesAnotherTypeInsideAMessage() {
    Script bad = Script.of(Wire.header(3, 0, 0, 0), MALFORMED);

    server.verify(REQUEST.then(Wire.more(FrameType.TEXT, 4)).then(bad).then(AFTERWARDS));
    server.verify(REQUEST.then(Wire.more(FrameType.TEXT, 0).times(2)).then(bad));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL})
  void takesAnyLengthWithoutALimit(long length) {
    Bytes some = Wire.payload((int) Math.min(length, 20));
    List<Object> output = new ArrayList<>();
    output.add(FrameHead.whole(FrameType.BINARY, length));
    output.add(some);
    output.add(length == 1 ? FrameEnd.INSTANCE : TRUNCATED);

    server.verify(REQUEST.then(new Script(Wire.header(length, 0, 0, 0).then(some), output)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFEL})
  void refusesAFrameOverTheLimitAtItsHeader(long limit) {
    DecoderVerifier limited = DecoderVerifier.streaming(() -> serverWithLimit(limit));
    DecoderVerifier limitedClient = DecoderVerifier.streaming(() -> FrameDecoder.forClient(limit));
    Script allowed =
        Script.of(
            Wire.header(limit, 0, 0, 0),
            FrameHead.whole(FrameType.BINARY, limit),
            limit == 0 ? FrameEnd.INSTANCE : TRUNCATED);

    limited.verify(REQUEST.then(allowed));
    limited.verify(
        REQUEST.then(Script.of(Wire.header(limit + 1, 0, 0, 0), MALFORMED)).then(AFTERWARDS));
    limited.verify(REQUEST.then(Script.of(Wire.header(Wire.MAX, 1, 1, 0), MALFORMED)));
    limitedClient.verify(AWARE.then(Script.of(Wire.header(limit + 1, 0, 0, 0), MALFORMED)));
    limitedClient.verify(AWARE.then(Wire.error(1, "746f6f206c6f6e67")));
  }

  @Test
  void countsTheStampAsPartOfTheLimit() {
    DecoderVerifier limited = DecoderVerifier.streaming(() -> serverWithLimit(33));

    limited.verify(REQUEST.then(Wire.stamped(FrameType.BINARY, 1, STAMP)));
    limited.verify(REQUEST.then(Script.of(Wire.header(34, 0, 2, 0), MALFORMED)));
  }

  @Test
  void saysWhyAFrameIsRefused() {
    EmbeddedChannel channel = new EmbeddedChannel(serverWithLimit(10), new Errors());

    channel.writeInbound(buffer(Wire.REQUEST.then(Wire.header(11, 0, 0, 0))));

    assertThat(channel.<FrameError>readInbound())
        .isEqualTo(new FrameError(ErrorCode.FRAME_TOO_LARGE, "frame of 11 bytes (allowed: 10)"));
    assertThat(channel.finish()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void refusesWhatIsNoPrefaceAtTheFirstByteThatDiffers(int index) {
    byte[] wrong = Wire.REQUEST.toArray();
    wrong[index] ^= 0x40;
    Script bad = Script.of(Bytes.of(wrong).first(index + 1), NOT_FRAMES).then(AFTERWARDS);

    server.verify(bad);
    client.verify(bad);
  }

  @Test
  void refusesAnAnswerFromAClient() {
    server.verify(Script.of(Wire.ANSWER, NOT_FRAMES));
  }

  @Test
  void showsTheFirstBytesOfWhatIsNoPreface() {
    EmbeddedChannel channel = new EmbeddedChannel(FrameDecoder.forClient(), new Errors());
    byte[] greeting = "SSH-2.0-Example\r\n".getBytes(StandardCharsets.US_ASCII);

    channel.writeInbound(Unpooled.wrappedBuffer(greeting));

    assertThat(channel.<byte[]>readInbound()).isEqualTo(greeting);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void showsWhatMatchedBeforeTheByteThatDiffersAndNoMoreThan64() {
    EmbeddedChannel channel = new EmbeddedChannel(FrameDecoder.forClient(), new Errors());

    channel.writeInbound(buffer(Wire.REQUEST.first(5)));
    channel.writeInbound(buffer(Wire.payload(500)));

    Bytes first = Wire.REQUEST.first(5).then(Wire.payload(59));
    assertThat(Bytes.of(channel.<byte[]>readInbound())).isEqualTo(first);
    assertThat(channel.finish()).isFalse();
  }

  static IntStream everyLength() {
    return IntStream.rangeClosed(0, conversation().input().size());
  }

  private static Script conversation() {
    return REQUEST
        .then(Wire.frame(FrameType.TEXT, 3))
        .then(Wire.more(FrameType.BINARY, 2))
        .then(Wire.stamped(FrameType.BINARY, 4, STAMP));
  }

  @ParameterizedTest
  @MethodSource("everyLength")
  void reportsAnEndOfInputInsideAnything(int length) {
    byte[] input = conversation().input().first(length).toArray();
    // Behind nothing, the preface, the first frame, and the last one.
    boolean isBetween = List.of(0, 8, 19, 73).contains(length);

    List<Object> output = server.run(BufferKind.HEAP, input);

    assertThat(output).endsWith(End.INPUT, End.CHANNEL);
    if (isBetween) {
      assertThat(output).doesNotContain(TRUNCATED);
    } else {
      assertThat(output).containsOnlyOnce(TRUNCATED);
      assertThat(output.get(output.size() - 3)).isEqualTo(TRUNCATED);
    }
  }

  @Test
  void reportsAnEndOfInputOnceIfTheChannelJustCloses() {
    EmbeddedChannel channel = new EmbeddedChannel(serverWithLimit(10), new Errors());
    channel.writeInbound(buffer(Wire.REQUEST.first(3)));

    channel.close();

    assertThat(channel.<String>readInbound()).isEqualTo("end of input inside a preface");
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void keepsWhatHadComeOfAPrefaceAHeaderAndAStamp() {
    byte[] all = REQUEST.then(Wire.stamped(FrameType.TEXT, 3, STAMP)).input().toArray();
    for (int length = 1; length < all.length; length++) {
      byte[] input = Arrays.copyOf(all, length);
      int from = length < 8 ? 0 : length < 48 ? 8 : length;
      EmbeddedChannel channel = new EmbeddedChannel(serverWithLimit(Wire.MAX));
      for (byte each : input) {
        channel.writeInbound(buffer(Bytes.of(each)));
      }

      Throwable why = catchThrowable(channel::finishAndReleaseAll);

      if (length == 8) {
        assertThat(why).isNull();
      } else {
        assertThat(((TruncatedFrameException) why).received())
            .as("%d bytes", length)
            .isEqualTo(Arrays.copyOfRange(input, from, length));
      }
    }
  }

  @Test
  void allocatesNextToNothingForAHeader() {
    DecoderRun run = new DecoderRun(List.of(serverWithLimit(Wire.MAX)));

    run.feed(BufferKind.HEAP, Wire.REQUEST.then(Wire.header(Wire.MAX, 0, 3, 0)).toArray());
    run.feed(BufferKind.HEAP, Wire.stamp(1, 0, 0, 0).toArray());

    run.checkStreaming();
    assertThat(run.allocatedBytes()).isLessThan(4 * 1024);
    assertThat(run.end()).contains(TRUNCATED);
  }

  @Test
  void asksForMoreIfAReadMadeNoMessageAndAutoReadIsOff() {
    Reads reads = new Reads();
    EmbeddedChannel channel = new EmbeddedChannel(reads, serverWithLimit(10), new Errors());
    channel.config().setAutoRead(false);
    reads.count = 0;

    channel.writeInbound(buffer(Wire.REQUEST.then(Wire.header(1, 0, 0, 0).first(3))));
    assertThat(reads.count).isEqualTo(1);

    channel.writeInbound(buffer(new Bytes("0100000000")));
    assertThat(reads.count).isEqualTo(1);
    assertThat(channel.<Object>readInbound()).isEqualTo(FrameHead.whole(FrameType.BINARY, 1));

    channel.writeInbound(buffer(new Bytes("07ffffffffffffffff")));
    ByteBuf piece = channel.readInbound();
    piece.release();
    assertThat(channel.<Object>readInbound()).isEqualTo(FrameEnd.INSTANCE);
    assertThat(channel.<FrameError>readInbound().is(ErrorCode.MALFORMED)).isTrue();
    reads.count = 0;

    channel.writeInbound(buffer(Wire.payload(100)));
    assertThat(reads.count).isZero();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesWhatFollowsAMessageToTheOthersIfThatMessageRemovedIt() {
    EmbeddedChannel channel = new EmbeddedChannel(serverWithLimit(10), new Remover());

    channel.writeInbound(
        buffer(Wire.REQUEST.then(Wire.frame(FrameType.TEXT, 0).input()).then(Wire.payload(9))));

    assertThat(channel.<Object>readInbound()).isEqualTo(FrameHead.whole(FrameType.TEXT, 0));
    assertThat(channel.<Object>readInbound()).isEqualTo(FrameEnd.INSTANCE);
    ByteBuf rest = channel.readInbound();
    assertThat(Bytes.of(rest)).isEqualTo(Wire.payload(9));
    rest.release();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void passesOtherMessages() {
    EmbeddedChannel channel = new EmbeddedChannel(FrameDecoder.forClient());

    channel.writeInbound("hello");

    assertThat(channel.<String>readInbound()).isEqualTo("hello");
    assertThat(channel.finish()).isFalse();
  }

  private static ByteBuf buffer(Bytes bytes) {
    return Unpooled.wrappedBuffer(bytes.toArray());
  }

  /** Turns exceptions into messages that show what they carry. */
  private static final class Errors extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      if (cause instanceof MalformedFrameException malformed) {
        ctx.fireChannelRead(malformed.error());
      } else if (cause instanceof NotFramesException notFrames) {
        ctx.fireChannelRead(notFrames.received());
      } else {
        ctx.fireChannelRead(cause.getMessage());
      }
    }
  }

  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) {
      count++;
      ctx.read();
    }
  }

  private static final class Remover extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ctx.fireChannelRead(msg);
      if (msg instanceof FrameEnd) {
        ctx.pipeline().remove(FrameDecoder.class);
      }
    }
  }
}
