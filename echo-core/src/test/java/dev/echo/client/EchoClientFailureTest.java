package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.client.MismatchException.Kind;
import dev.echo.duplex.EndSign.How;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameType;
import dev.echo.frame.Preface;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a peer can do wrong, on real sockets, over each transport that this machine has. */
class EchoClientFailureTest {
  private final List<ByteBuf> given = new ArrayList<>();
  private final List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @BeforeEach
  void nothingIsLeftFromBefore() {
    assertThat(given).isEmpty();
  }

  @AfterEach
  void everyBufferIsReleased() throws Exception {
    over.countDown();
    for (MultiThreadIoEventLoopGroup group : groups) {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
    assertThat(given).allMatch(buffer -> buffer.refCnt() == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "FRAMES, FLIP, 20",
    "FRAMES, DROP, 20",
    "FRAMES, REPEAT, 20",
    "FRAMES, INSERT, 20",
    "FRAMES, FLIP, 100000",
    "FRAMES, DROP, 100000",
    "FRAMES, REPEAT, 100000",
    "STREAM, FLIP, 20",
    "STREAM, DROP, 20",
    "STREAM, REPEAT, 20",
    "STREAM, INSERT, 20",
    "STREAM, FLIP, 100000",
    "STREAM, DROP, 100000",
    "STREAM, REPEAT, 100000"
  })
  void findsOneDamagedByte(ClientMode mode, Damage damage, int offset) throws Exception {
    try (Talk peer = Talk.with(Talk.damaging(damage, offset))) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      List<CompletionStage<EchoReply>> stages = List.of(send(client, 60_000), send(client, 60_000));

      MismatchException why = failure(client.finish(), MismatchException.class);

      int second = mode == ClientMode.FRAMES ? 60_024 : 60_000;
      int first = mode == ClientMode.FRAMES ? 16 : 0;
      assertThat(why.kind()).isEqualTo(Kind.PAYLOAD);
      assertThat(why.message()).isEqualTo(offset < second ? 1 : 2);
      // A repeated or dropped byte shows where the first one differs from its neighbour.
      assertThat(why.offset())
          .isBetween(
              (long) (offset < second ? offset - first : offset - second),
              (long) (offset < second ? offset - first : offset - second) + 1);
      assertThat(failure(stages.get(1))).isSameAs(why);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void seesAnExtraByteAfterTheEnd(ClientMode mode) throws Exception {
    Talk.Script generous =
        socket -> {
          byte[] buffer = new byte[1024];
          for (int n = socket.getInputStream().read(buffer);
              n >= 0;
              n = socket.getInputStream().read(buffer)) {
            socket.getOutputStream().write(buffer, 0, n);
          }
          socket.getOutputStream().write('!');
        };
    try (Talk peer = Talk.with(generous)) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      EchoReply reply = await(send(client, 10));

      MismatchException why = failure(client.finish(), MismatchException.class);

      assertThat(reply.bytes()).isEqualTo(10);
      assertThat(why.kind()).isEqualTo(Kind.SURPLUS);
      assertThat(why.actual()).containsExactly('!');
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void seesAnExtraByteFromAPeerThatThenStaysOpen(ClientMode mode) throws Exception {
    Talk.Script generous =
        socket -> {
          byte[] buffer = new byte[1024];
          for (int n = socket.getInputStream().read(buffer);
              n >= 0;
              n = socket.getInputStream().read(buffer)) {
            socket.getOutputStream().write(buffer, 0, n);
          }
          socket.getOutputStream().write('!');
          Stages.await(over);
        };
    try (Talk peer = Talk.with(generous)) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      send(client, 10);

      assertThat(failure(client.finish(), MismatchException.class).kind()).isEqualTo(Kind.SURPLUS);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void countsWhatWasEchoedBeforeAnEarlyClose(ClientMode mode) throws Exception {
    int second = mode == ClientMode.FRAMES ? 8 + 2 * 108 : 200;
    try (Talk peer = Talk.with(socket -> echoOnly(socket, second))) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      for (int i = 0; i < 5; i++) {
        send(client, 100);
      }

      ConnectionLostException why = failure(client.finish(), ConnectionLostException.class);

      assertThat(why.sent()).isEqualTo(5);
      assertThat(why.echoed()).isEqualTo(2);
      assertThat(why.notEchoed()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void namesAReset(ClientMode mode) throws Exception {
    Talk.Script resetting =
        socket -> {
          socket.getOutputStream().write(socket.getInputStream().readNBytes(4));
          Talk.reset(socket);
        };
    try (Talk peer = Talk.with(resetting)) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      CompletionStage<EchoReply> reply = send(client, 100);

      ConnectionLostException why = failure(reply, ConnectionLostException.class);

      assertThat(why.end().orElseThrow().how()).isEqualTo(How.RESET);
      assertThat(failure(client.ended())).isSameAs(why);
    }
  }

  /** Red when the channel closes on a failed write, with the answer still unread. */
  @ParameterizedTest
  @EnumSource(Transport.class)
  void aWrongByteBeforeAResetWins(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), () -> transport + " is not available here");
    // given a peer that answers wrongly while much is on its way to it, and closes: that resets
    Talk.Script resetting =
        socket -> {
          byte[] read = socket.getInputStream().readNBytes(40);
          read[30] ^= 1;
          socket.getOutputStream().write(read);
        };
    MultiThreadIoEventLoopGroup group = group(transport);
    Bootstrap bootstrap =
        new Bootstrap().group(group).channel(transport.channelType(TcpEndpoint.of("localhost", 0)));
    try (Talk peer = Talk.with(resetting)) {
      for (int round = 0; round < 20; round++) {
        EchoClient client = connect(bootstrap, peer);

        MismatchException why = failure(send(client, 4_000_000), MismatchException.class);

        assertThat(why.offset()).isEqualTo(14);
        assertThat(failure(client.ended())).isSameAs(why);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void givesUpOnAPeerThatNeverAnswers(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::drain)) {
      EchoClient client = connect(peer, mode, Duration.ofMillis(150));

      NoProgressException why = failure(send(client, 100), NoProgressException.class);

      assertThat(why)
          .message()
          .startsWith("no progress for 150 ms, ")
          .endsWith(" sent, none came back (messages: 1 sent, 0 echoed, 1 not echoed)");
      assertThat(why.end().orElseThrow().how()).isEqualTo(How.SILENCE);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void givesUpOnAPeerThatNeverReads(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(socket -> Stages.await(over))) {
      EchoClient client = connect(peer, mode, Duration.ofMillis(150));

      failure(send(client, 32_000_000), NoProgressException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void givesUpOnTheLastByteThatIsMissing(ClientMode mode) throws Exception {
    int all = mode == ClientMode.FRAMES ? 116 : 100;
    Talk.Script keeping =
        socket -> {
          byte[] read = socket.getInputStream().readNBytes(all);
          socket.getOutputStream().write(read, 0, all - 1);
          Stages.await(over);
        };
    try (Talk peer = Talk.with(keeping)) {
      EchoClient client = connect(peer, mode, Duration.ofMillis(150));

      failure(send(client, 100), NoProgressException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void namesAPeerThatTalksFirst(ClientMode mode) throws Exception {
    Talk.Script banner =
        socket -> {
          socket.getOutputStream().write("SSH-2.0-x\r\n".getBytes(StandardCharsets.UTF_8));
          Talk.drain(socket);
        };
    try (Talk peer = Talk.with(banner)) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));

      NotEchoException why = failure(client.ended(), NotEchoException.class);

      assertThat(why).hasMessage("not an echo: answered SSH-2.0-x\\r\\n (an SSH server)");
      assertThat(failure(send(client, 1))).isInstanceOf(EchoException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void sendsNothingMoreWhenThePeerHasFinished(ClientMode mode) throws Exception {
    int one = mode == ClientMode.FRAMES ? 26 : 10;
    try (Talk peer = Talk.with(socket -> echoOnly(socket, one))) {
      EchoClient client = connect(peer, mode, Duration.ofSeconds(10));
      await(send(client, 10));
      assertThat(await(client.ended())).isEqualTo(new EchoSummary(1, 1, 10));

      ConnectionLostException why = failure(send(client, 10), ConnectionLostException.class);

      assertThat(why.end().orElseThrow().how()).isEqualTo(How.FIN);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void readsTheErrorOfAPeerWhileStillSending(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), () -> transport + " is not available here");
    // given a peer that reads little, refuses, finishes, and discards the rest
    Talk.Script refusing =
        socket -> {
          socket.getInputStream().readNBytes(100);
          ByteBuf answer = Unpooled.buffer();
          Preface.writeAnswer(answer);
          ByteBuf error = new FrameError(ErrorCode.FRAME_TOO_LARGE, "no").toFrame(answer.alloc());
          ByteBuf both = Unpooled.wrappedBuffer(answer, error);
          socket.getOutputStream().write(ByteBufUtil.getBytes(both));
          both.release();
          socket.shutdownOutput();
          Talk.drain(socket);
        };
    try (Talk peer = Talk.with(refusing)) {
      MultiThreadIoEventLoopGroup group = group(transport);
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .channel(transport.channelType(TcpEndpoint.of("localhost", 0)));
      EchoClient client =
          await(EchoClient.connect(bootstrap, peer.endpoint(), ClientConfig.DEFAULT));

      RefusedException why = failure(send(client, 16_000_000), RefusedException.class);

      assertThat(why.error()).isEqualTo(new FrameError(ErrorCode.FRAME_TOO_LARGE, "no"));
      assertThat(client.peer()).isEqualTo(Peer.AWARE);
      assertThat(failure(client.ended())).isSameAs(why);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void echoesAndFindsDamageOverEveryTransport(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable(), () -> transport + " is not available here");
    MultiThreadIoEventLoopGroup group = group(transport);
    Bootstrap bootstrap =
        new Bootstrap().group(group).channel(transport.channelType(TcpEndpoint.of("localhost", 0)));
    try (Talk perfect = Talk.with(Talk::echo);
        Talk broken = Talk.with(Talk.damaging(Damage.FLIP, 1_000_000));
        Talk closing = Talk.with(socket -> echoOnly(socket, 1000))) {
      EchoClient good = connect(bootstrap, perfect);
      EchoClient bad = connect(bootstrap, broken);
      EchoClient lost = connect(bootstrap, closing);

      send(good, 3_000_000);
      send(bad, 3_000_000);
      send(lost, 3_000_000);

      assertThat(await(good.finish()).echoed()).isEqualTo(1);
      assertThat(failure(bad.finish(), MismatchException.class).offset()).isEqualTo(999_984);
      failure(lost.finish(), ConnectionLostException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void failsAnOpenMessageAndTheRoomItWaitsFor(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(socket -> Stages.await(over))) {
      ClientConfig config =
          ClientConfig.builder()
              .mode(mode)
              .windowBytes(1000)
              .timeout(Duration.ofMillis(150))
              .build();
      EchoClient client = await(EchoClient.connect(bootstrap(), peer.endpoint(), config));
      OutgoingMessage message = client.open(FrameType.BINARY);

      message.write(buffer(1000));
      message.write(buffer(1000));
      CompletionStage<Void> room = message.write(buffer(1000));

      NoProgressException why = failure(room, NoProgressException.class);
      assertThat(failure(message.write(buffer(10)))).isSameAs(why);
      assertThat(failure(message.end())).isSameAs(why);
    }
  }

  private static void echoOnly(Socket socket, int bytes) throws IOException {
    socket.getOutputStream().write(socket.getInputStream().readNBytes(bytes));
    socket.shutdownOutput();
  }

  private CompletionStage<EchoReply> send(EchoClient client, int bytes) {
    return client.echo(buffer(bytes));
  }

  /** Neighbouring bytes differ, so one that is missing shows at once. */
  private ByteBuf buffer(int bytes) {
    ByteBuf buffer = Unpooled.buffer(bytes);
    for (int i = 0; i < bytes; i++) {
      buffer.writeByte(i);
    }
    given.add(buffer);
    return buffer;
  }

  private EchoClient connect(Talk peer, ClientMode mode, Duration timeout) throws Exception {
    ClientConfig config = ClientConfig.builder().mode(mode).timeout(timeout).build();
    return await(EchoClient.connect(bootstrap(), peer.endpoint(), config));
  }

  private static EchoClient connect(Bootstrap bootstrap, Talk peer) throws Exception {
    return await(EchoClient.connect(bootstrap, peer.endpoint(), ClientConfig.DEFAULT));
  }

  private Bootstrap bootstrap() {
    Transport transport = Transport.best();
    return new Bootstrap()
        .group(group(transport))
        .channel(transport.channelType(TcpEndpoint.of("localhost", 0)));
  }

  private MultiThreadIoEventLoopGroup group(Transport transport) {
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    groups.add(group);
    return group;
  }
}
