package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.MismatchException.Kind;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.EndSign.How;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHead;
import dev.echo.frame.FrameType;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientHandlerTest {
  private static final ClientConfig STREAM = ClientConfig.builder().mode(ClientMode.STREAM).build();
  private static final ClientConfig STAMPED = ClientConfig.builder().stamps(Stamps.ON).build();

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void completesEachMessageWhenItsLastByteIsBack(ClientMode mode) {
    // given two messages and an empty one between them
    Wire wire = Wire.of(ClientConfig.builder().mode(mode).build());
    CompletionStage<EchoReply> hello = wire.client().echo("Hello, world");
    CompletionStage<EchoReply> empty = wire.client().echo("");
    CompletionStage<EchoReply> binary = wire.client().echo(new byte[] {0, 1, 2});
    byte[] sent = wire.sent();

    // when the bytes come back one by one
    List<Integer> doneAt = new ArrayList<>(List.of(-1, -1, -1));
    List<CompletionStage<EchoReply>> stages = List.of(hello, empty, binary);
    for (int i = 0; i < sent.length; i++) {
      wire.receive(sent[i]);
      for (int stage = 0; stage < 3; stage++) {
        if (doneAt.get(stage) < 0 && Wire.isDone(stages.get(stage))) {
          doneAt.set(stage, i + 1);
        }
      }
    }

    // then
    assertThat(doneAt)
        .isEqualTo(mode == ClientMode.FRAMES ? List.of(28, 36, 47) : List.of(12, 12, 15));
    EchoReply reply = hello.toCompletableFuture().join();
    assertThat(reply.bytes()).isEqualTo(12);
    assertThat(reply.type()).isEqualTo(FrameType.TEXT);
    assertThat(reply.stamp()).isNull();
    assertThat(binary.toCompletableFuture().join().type()).isEqualTo(FrameType.BINARY);
    assertThat(wire.client().peer()).isEqualTo(Peer.PLAIN);
    wire.end();
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void noDamageToAnyByteOfAFramePassesForAnEcho(Damage damage) {
    byte[] sent = framesOnTheWire();
    for (int offset = 0; offset < sent.length; offset++) {
      // given
      Wire wire = Wire.of(ClientConfig.DEFAULT);
      List<CompletionStage<EchoReply>> stages = sendThree(wire);
      assertThat(wire.sent()).isEqualTo(sent);

      // when
      wire.receive(damage.apply(sent, offset));
      wire.receiveEnd();

      // then a byte too few may end in silence; all else is a wrong answer
      Throwable why = Wire.failure(wire.client().ended());
      if (damage == Damage.DROP) {
        assertThat(why)
            .as("%s at %d", damage, offset)
            .isInstanceOfAny(MismatchException.class, ConnectionLostException.class);
      } else {
        assertThat(why).as("%s at %d", damage, offset).isInstanceOf(MismatchException.class);
      }
      stages.stream()
          .map(Wire::failure)
          .filter(failure -> failure != null)
          .forEach(failure -> assertThat(failure).isSameAs(why));
      wire.end();
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void noDamageToAnyByteOfAStreamPassesForAnEcho(Damage damage) {
    byte[] sent = "Hello, worldabc".getBytes(StandardCharsets.UTF_8);
    for (int offset = 0; offset < sent.length; offset++) {
      // given
      Wire wire = Wire.of(STREAM);
      sendThree(wire);
      assertThat(wire.sent()).isEqualTo(sent);

      // when
      wire.receive(damage.apply(sent, offset));
      wire.receiveEnd();

      // then
      Throwable why = Wire.failure(wire.client().ended());
      boolean lastIsMissing = damage == Damage.DROP && offset == sent.length - 1;
      assertThat(why)
          .as("%s at %d", damage, offset)
          .isInstanceOf(lastIsMissing ? ConnectionLostException.class : MismatchException.class);
      if (damage == Damage.FLIP) {
        MismatchException mismatch = (MismatchException) why;
        assertThat(mismatch.message()).isEqualTo(offset < 12 ? 1 : 3);
        assertThat(mismatch.offset()).isEqualTo(offset < 12 ? offset : offset - 12);
        assertThat(mismatch.actual()[0]).isEqualTo((byte) (mismatch.expected()[0] ^ 1));
      }
      wire.end();
    }
  }

  @Test
  void showsWhatNobodySentHoweverLittleItIs() {
    byte[] header = {0, 0, 0, 32, 0, 2, 0, 0};
    byte[] surplus = Arrays.copyOf(header, 8 + 32);
    for (int length = 1; length <= surplus.length; length++) {
      // given
      Wire wire = Wire.of(ClientConfig.DEFAULT);
      wire.client().echo("all there is");
      wire.receive(wire.sent());

      // when
      wire.receive(Arrays.copyOf(surplus, length));
      wire.receiveEnd();

      // then
      MismatchException why = (MismatchException) Wire.failure(wire.client().ended());
      assertThat(why).as("%d bytes", length).isNotNull();
      assertThat(why.kind()).isEqualTo(Kind.SURPLUS);
      assertThat(why.actual())
          .isEqualTo(Arrays.copyOf(surplus, Math.min(length, MismatchException.WINDOW_BYTES)));
      wire.end();
    }
  }

  @Test
  void sendsManyMessagesWithOneFlush() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);

    for (int i = 0; i < 1000; i++) {
      wire.client().echo("message");
    }
    wire.sent();

    assertThat(wire.flushes()).isEqualTo(1);
    wire.end();
  }

  @Test
  void sendsWhatACallbackAsksForWithOneFlushAndWithoutAnotherTask() {
    // given a reply whose callback sends three more
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    wire.client()
        .echo("first")
        .thenAccept(
            reply -> {
              for (int i = 0; i < 3; i++) {
                wire.client().echo("more");
              }
            });
    byte[] sent = wire.sent();
    int before = wire.flushes();

    // when
    wire.channel().writeOneInbound(Unpooled.copiedBuffer(sent));
    wire.channel().flushInbound();

    // then
    assertThat(wire.flushes()).isEqualTo(before + 1);
    assertThat(wire.sent()).hasSize(3 * (8 + 4));
    wire.end();
  }

  @Test
  void asksForTheTimesOfAnAwarePeerAndReportsThem() {
    // given
    Wire wire = Wire.of(STAMPED);
    CompletionStage<EchoReply> first = wire.client().echo("a");
    CompletionStage<EchoReply> second = wire.client().echo("b");
    ByteBuf echo = Unpooled.wrappedBuffer(wire.sent());
    assertThat(echo.readableBytes()).isEqualTo(8 + 2 * (8 + 32 + 1));

    // when an aware peer answers and fills the stamps
    echo.setByte(7, 0x81);
    Stamp.fillReceived(echo, 16, 1000, 1);
    Stamp.fillSent(echo, 16, 1500);
    Stamp.fillReceived(echo, 57, 2000, 2);
    Stamp.fillSent(echo, 57, 2600);
    wire.receive(ByteBufUtil.getBytes(echo));

    // then
    assertThat(first.toCompletableFuture().join().stamp()).isEqualTo(new Stamp(0, 1000, 1500, 1));
    assertThat(second.toCompletableFuture().join().stamp()).isEqualTo(new Stamp(1, 2000, 2600, 2));
    assertThat(wire.client().peer()).isEqualTo(Peer.AWARE);
    echo.release();
    wire.end();
  }

  @Test
  void hasNoTimesFromAPlainPeer() {
    Wire wire = Wire.of(STAMPED);
    CompletionStage<EchoReply> reply = wire.client().echo("a");

    wire.receive(wire.sent());

    assertThat(reply.toCompletableFuture().join().stamp()).isNull();
    wire.end();
  }

  @Test
  void findsAChangedStampOfAPlainPeerAndAChangedSequenceOfAnyPeer() {
    for (int offset = 16; offset < 48; offset++) {
      for (byte version : new byte[] {0x01, (byte) 0x81}) {
        // given
        Wire wire = Wire.of(STAMPED);
        CompletionStage<EchoReply> reply = wire.client().echo("a");
        byte[] echo = wire.sent();

        // when
        echo[7] = version;
        echo[offset] ^= 4;
        wire.receive(echo);

        // then an aware peer may write its three fields, and only those
        if (version == (byte) 0x81 && offset >= 24) {
          assertThat(Wire.isDone(reply)).isTrue();
          assertThat(Wire.failure(reply)).isNull();
        } else {
          MismatchException mismatch = (MismatchException) Wire.failure(reply);
          assertThat(mismatch.kind()).isEqualTo(Kind.STAMP);
          assertThat(mismatch.offset()).isEqualTo(offset - 8);
        }
        wire.end();
      }
    }
  }

  @Test
  void saysWhichByteOfAHeaderDiffers() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    CompletionStage<EchoReply> reply = wire.client().echo("Hello");
    byte[] echo = wire.sent();

    echo[12] = 0;
    wire.receive(echo);

    MismatchException mismatch = (MismatchException) Wire.failure(reply);
    assertThat(mismatch.kind()).isEqualTo(Kind.HEADER);
    assertThat(mismatch.offset()).isEqualTo(4);
    assertThat(mismatch.expected()).containsExactly(1, 0, 0, 0);
    assertThat(mismatch.actual()).containsExactly(0, 0, 0, 0);
    wire.end();
  }

  @Test
  void namesWhatAnsweredInsteadOfAnEcho() {
    for (ClientMode mode : ClientMode.values()) {
      Wire wire = Wire.of(ClientConfig.builder().mode(mode).build());
      CompletionStage<EchoReply> reply = wire.client().echo("Hello, world");
      wire.sent();

      wire.receive("SSH-2.0-Open\u001b[2JSSH\r\n".getBytes(StandardCharsets.UTF_8));

      NotEchoException why = (NotEchoException) Wire.failure(reply);
      assertThat(why.firstBytes()).startsWith('S', 'S', 'H', '-');
      assertThat(why)
          .hasMessage("not an echo: answered SSH-2.0-Open\\x1b[2JSSH\\r\\n (an SSH server)");
      wire.end();
    }
  }

  @Test
  void failsWhatIsOutstandingWithTheErrorOfAnAwarePeer() {
    // given three messages, one of them back
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    List<CompletionStage<EchoReply>> stages = sendThree(wire);
    byte[] echo = Arrays.copyOf(wire.sent(), 28);
    echo[7] = (byte) 0x81;
    wire.receive(echo);

    // when
    wire.receive(error(new FrameError(ErrorCode.DRAINING, "going\u001bdown")));

    // then
    assertThat(stages.get(0).toCompletableFuture().join().bytes()).isEqualTo(12);
    RefusedException refused = (RefusedException) Wire.failure(stages.get(1));
    assertThat(refused.error().is(ErrorCode.DRAINING)).isTrue();
    assertThat(refused.sent()).isEqualTo(3);
    assertThat(refused.echoed()).isEqualTo(1);
    assertThat(refused.notEchoed()).isEqualTo(2);
    assertThat(refused)
        .hasMessage(
            "refused by the peer, error 3 draining: going\\x1bdown"
                + " (3 sent, 1 echoed, 2 not echoed)");
    assertThat(Wire.failure(stages.get(2))).isSameAs(refused);
    assertThat(Wire.failure(wire.client().ended())).isSameAs(refused);
    assertThat(Wire.failure(wire.client().echo("late"))).isNull();
    wire.channel().runPendingTasks();
    wire.end();
  }

  @Test
  void anErrorThatIsCutShortStillSaysWhy() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    CompletionStage<EchoReply> reply = wire.client().echo("a");
    wire.sent();
    wire.receive(preface(0x81));
    byte[] error = error(new FrameError(ErrorCode.LIMIT_REACHED, "too many"));

    wire.receive(Arrays.copyOf(error, error.length - 3));
    wire.receiveEnd();

    RefusedException refused = (RefusedException) Wire.failure(reply);
    assertThat(refused.error().is(ErrorCode.LIMIT_REACHED)).isTrue();
    wire.end();
  }

  @Test
  void anErrorAfterTheLastEchoIsNoFailureButNothingMoreIsTaken() {
    // given an aware peer and nothing outstanding
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    CompletionStage<EchoReply> reply = wire.client().echo("a");
    byte[] echo = wire.sent();
    echo[7] = (byte) 0x81;
    wire.receive(echo);

    // when
    wire.receive(error(new FrameError(ErrorCode.DRAINING, "")));

    // then
    CompletionStage<EchoReply> late = wire.client().echo("b");
    wire.channel().runPendingTasks();
    assertThat(Wire.failure(reply)).isNull();
    RefusedException refused = (RefusedException) Wire.failure(late);
    assertThat(refused.end().orElseThrow().how()).isEqualTo(EndSign.How.ERROR_FRAME);
    assertThat(refused.end().orElseThrow().sign().code()).isEqualTo(ErrorCode.DRAINING.code());
    assertThat(wire.client().ended().toCompletableFuture().join())
        .isEqualTo(new EchoSummary(1, 1, 1));
    wire.end();
  }

  @Test
  void anErrorFromAPlainPeerIsAWrongAnswer() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    CompletionStage<EchoReply> reply = wire.client().echo("a");
    wire.sent();
    wire.receive(preface(0x01));

    wire.receive(error(new FrameError(ErrorCode.DRAINING, "")));

    assertThat(Wire.failure(reply)).isInstanceOf(MismatchException.class);
    wire.end();
  }

  @Test
  void givesUpWhenNothingMovesForTheTimeout() {
    // given a message sent after a long idle time, and a part of it back nine seconds later
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    wire.client().echo("first");
    wire.receive(wire.sent());
    wire.channel().advanceTimeBy(9, TimeUnit.SECONDS);
    CompletionStage<EchoReply> reply = wire.client().echo("Hello");
    byte[] sent = wire.sent();
    pass(wire, 9);
    assertThat(Wire.isDone(reply)).isFalse();
    wire.receive(sent[0]);
    pass(wire, 9);
    assertThat(Wire.isDone(reply)).isFalse();

    // when
    pass(wire, 2);

    // then
    NoProgressException why = (NoProgressException) Wire.failure(reply);
    assertThat(why.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(why.echoed()).isEqualTo(1);
    assertThat(why.notEchoed()).isEqualTo(1);
    wire.end();
  }

  @Test
  void sendingMoreIntoSilenceIsNoProgress() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    CompletionStage<EchoReply> first = wire.client().echo("ping");
    for (int second = 0; second < 9; second++) {
      wire.sent();
      pass(wire, 1);
      wire.client().echo("ping");
    }
    assertThat(Wire.isDone(first)).isFalse();

    pass(wire, 1);

    assertThat(Wire.failure(first)).isInstanceOf(NoProgressException.class);
    wire.end();
  }

  @Test
  void hasNoTimerWhenNothingIsOutstanding() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    wire.client().echo("a");
    wire.receive(wire.sent());

    pass(wire, 10);

    assertThat(wire.channel().runScheduledPendingTasks()).isEqualTo(-1);
    wire.end();
  }

  @Test
  void theEndOfInputFailsWhatIsOutstanding() {
    Wire wire = Wire.of(ClientConfig.DEFAULT);
    List<CompletionStage<EchoReply>> stages = sendThree(wire);
    wire.receive(Arrays.copyOf(wire.sent(), 30));

    wire.receiveEnd();

    ConnectionLostException why = (ConnectionLostException) Wire.failure(stages.get(2));
    assertThat(how(why)).isEqualTo(How.FIN);
    assertThat(why)
        .message()
        .startsWith("the peer closed the connection (FIN) right after the last byte, ")
        .endsWith("; 47 bytes sent, 30 came back (messages: 3 sent, 1 echoed, 2 not echoed)");
    wire.end();
  }

  @Test
  void aResetFailsWhatIsOutstanding() {
    Wire wire = Wire.of(STREAM);
    CompletionStage<EchoReply> reply = wire.client().echo("Hello");
    wire.receive(Arrays.copyOf(wire.sent(), 4));

    wire.channel().pipeline().fireExceptionCaught(new IOException("Connection reset"));

    ConnectionLostException why = (ConnectionLostException) Wire.failure(reply);
    assertThat(how(why)).isEqualTo(How.RESET);
    assertThat(why)
        .message()
        .startsWith("the peer reset the connection (RST) right after the last byte, ")
        .endsWith("; 5 bytes sent, 4 came back (messages: 1 sent, 0 echoed, 1 not echoed)");
    wire.end();
  }

  @Test
  void anEarlyEndWithNothingOutstandingOnlyRefusesMore() {
    Wire wire = Wire.of(STREAM);
    wire.client().echo("Hello");
    wire.receive(wire.sent());

    wire.receiveEnd();
    CompletionStage<EchoReply> late = wire.client().echo("more");
    CompletionStage<EchoSummary> finished = wire.client().finish();
    wire.channel().runPendingTasks();

    assertThat(Wire.failure(late)).isInstanceOf(ConnectionLostException.class);
    assertThat(finished.toCompletableFuture().join()).isEqualTo(new EchoSummary(1, 1, 5));
    wire.end();
  }

  @Test
  void closingFailsWhatIsOutstandingAndReleasesIt() {
    for (ClientMode mode : ClientMode.values()) {
      // given a whole message, an open one with a piece that is held, and one that waits for it
      Wire wire = Wire.of(ClientConfig.builder().mode(mode).windowBytes(1).build());
      List<ByteBuf> buffers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        buffers.add(Unpooled.buffer().writeByte(i));
      }
      List<CompletionStage<?>> stages = new ArrayList<>();
      stages.add(wire.client().echo(buffers.get(0)));
      OutgoingMessage open = wire.client().open(FrameType.BINARY);
      open.write(buffers.get(1));
      stages.add(open.write(buffers.get(2)));
      stages.add(wire.client().echo(buffers.get(3)));
      wire.sent();

      // when
      wire.client().close();
      wire.channel().runPendingTasks();
      stages.add(open.end());
      wire.channel().runPendingTasks();

      // then
      for (CompletionStage<?> stage : stages) {
        assertThat(Wire.failure(stage))
            .isInstanceOfSatisfying(
                ConnectionLostException.class,
                why -> assertThat(how(why)).isEqualTo(How.CLOSED_HERE));
      }
      assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
      wire.end();
    }
  }

  @Test
  void aFailureOfAListenerEndsTheConnection() {
    ClientConfig config =
        ClientConfig.builder()
            .replies(
                content -> {
                  throw new IllegalStateException("full disk");
                })
            .build();
    Wire wire = Wire.of(config);
    CompletionStage<EchoReply> reply = wire.client().echo("a");

    wire.receive(wire.sent());

    assertThat(Wire.failure(reply))
        .isInstanceOf(ConnectionLostException.class)
        .hasRootCauseMessage("full disk");
    wire.end();
  }

  @Test
  void showsEveryByteThatCameBackAlsoTheWrongOnes() {
    for (ClientMode mode : ClientMode.values()) {
      StringBuilder seen = new StringBuilder();
      ClientConfig config =
          ClientConfig.builder()
              .mode(mode)
              .replies(
                  content ->
                      seen.append(
                          content.readCharSequence(
                              content.readableBytes(), StandardCharsets.UTF_8)))
              .build();
      Wire wire = Wire.of(config);
      wire.client().echo("Hello");
      wire.client().echo("again");
      byte[] echo = wire.sent();
      echo[echo.length - 1] = '!';

      wire.receive(echo);

      assertThat(seen.toString()).isEqualTo("Helloagai!");
      assertThat(Wire.failure(wire.client().ended())).isInstanceOf(MismatchException.class);
      wire.end();
    }
  }

  @Test
  void refusesStreamDataThatBeginsWithThePrefaceHoweverItIsCut() {
    for (int cut = 0; cut <= 8; cut++) {
      // given a beginning of the preface that was sent
      Wire wire = Wire.of(STREAM);
      byte[] preface = preface(0x01);
      wire.client().echo(Arrays.copyOf(preface, cut));

      // when the rest follows
      CompletionStage<EchoReply> rest =
          wire.client().echo(Arrays.copyOfRange(preface, cut, preface.length));
      byte[] sent = wire.sent();

      // then it is not sent, and what came before is as it was; but for the message that was whole
      if (cut < 8) {
        assertThat(Wire.failure(rest)).isInstanceOf(IllegalArgumentException.class);
        assertThat(sent).isEqualTo(Arrays.copyOf(preface, cut));
      } else {
        assertThat(sent).isEmpty();
      }
      wire.receive(sent);
      CompletionStage<EchoReply> other = wire.client().echo("other");
      wire.receive(wire.sent());
      assertThat(other.toCompletableFuture().join().bytes()).isEqualTo(5);
      wire.end();
    }
  }

  @Test
  void sendsThePrefaceInStreamModeWhenTold() {
    Wire wire =
        Wire.of(
            ClientConfig.builder().mode(ClientMode.STREAM).prefaceData(PrefaceData.SEND).build());
    CompletionStage<EchoReply> reply = wire.client().echo(preface(0x01));

    wire.receive(wire.sent());

    assertThat(reply.toCompletableFuture().join().bytes()).isEqualTo(8);
    wire.end();
  }

  private static How how(EchoException why) {
    return why.end().orElseThrow().how();
  }

  private static List<CompletionStage<EchoReply>> sendThree(Wire wire) {
    return List.of(
        wire.client().echo("Hello, world"),
        wire.client().echo(""),
        wire.client().echo("abc".getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] framesOnTheWire() {
    ByteBuf out = Unpooled.buffer();
    Preface.writeRequest(out);
    FrameHead.whole(FrameType.TEXT, 12).write(out);
    out.writeCharSequence("Hello, world", StandardCharsets.UTF_8);
    FrameHead.whole(FrameType.TEXT, 0).write(out);
    FrameHead.whole(FrameType.BINARY, 3).write(out);
    out.writeCharSequence("abc", StandardCharsets.UTF_8);
    return take(out);
  }

  private static byte[] preface(int version) {
    ByteBuf out = Unpooled.buffer();
    Preface.writeRequest(out);
    out.setByte(7, version);
    return take(out);
  }

  private static byte[] error(FrameError error) {
    return take(error.toFrame(Unpooled.buffer().alloc()));
  }

  private static byte[] take(ByteBuf buffer) {
    byte[] bytes = ByteBufUtil.getBytes(buffer);
    buffer.release();
    return bytes;
  }

  private static void pass(Wire wire, long seconds) {
    wire.channel().advanceTimeBy(seconds, TimeUnit.SECONDS);
    wire.channel().runPendingTasks();
    wire.channel().runScheduledPendingTasks();
  }
}
