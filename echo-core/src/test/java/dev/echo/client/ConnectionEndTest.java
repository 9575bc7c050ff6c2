package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.EndSign.How;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.Preface;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is said of a connection that ended, on real sockets, over each transport of this machine.
 */
class ConnectionEndTest {
  private final List<MultiThreadIoEventLoopGroup> groups = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private Duration timeout = Duration.ofSeconds(20);

  @AfterEach
  void stop() throws Exception {
    over.countDown();
    for (MultiThreadIoEventLoopGroup group : groups) {
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
  }

  static Stream<Transport> transports() {
    return Stream.of(Transport.values()).filter(Transport::isAvailable);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void namesARelayThatTakesTheConnectionAndEndsIt(Transport transport) throws Exception {
    ConnectionEnd end = end(transport, 100, socket -> socket.getInputStream().readNBytes(100));

    assertThat(end.how()).isEqualTo(How.FIN);
    assertThat(end.isUnanswered()).isTrue();
    assertThat(end.received()).isEqualTo(ConnectionEnd.Direction.NONE);
    assertThat(end.sentence())
        .matches(
            "something accepted the connection and ended it after .+s without a byte:"
                + " a relay with nothing behind it\\? \\(FIN; 100 bytes sent\\)");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void saysSoOfOneThatResetsIt(Transport transport) throws Exception {
    ConnectionEnd end =
        end(
            transport,
            100,
            socket -> {
              socket.getInputStream().readNBytes(100);
              Talk.reset(socket);
            });

    assertThat(end.how()).isEqualTo(How.RESET);
    assertThat(end.sentence()).endsWith("behind it? (RST; 100 bytes sent)");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void tellsHowFarItCameBeforeAFin(Transport transport) throws Exception {
    ConnectionEnd end =
        end(transport, 100, socket -> echo(socket, 60, socket.getInputStream().readNBytes(100)));

    assertThat(end.sign()).isEqualTo(EndSign.FIN);
    assertThat(end.sent().bytes()).isEqualTo(100);
    assertThat(end.received().bytes()).isEqualTo(60);
    assertThat(end.sentence())
        .matches(
            "the peer closed the connection \\(FIN\\) (right|.+s) after the last byte,"
                + " .+s after the connect; 100 bytes sent, 60 came back");
  }

  @ParameterizedTest
  @MethodSource("transports")
  void tellsHowFarItCameBeforeAReset(Transport transport) throws Exception {
    CountDownLatch came = new CountDownLatch(1);
    ConnectionEnd end =
        end(
            transport,
            100,
            socket -> {
              echo(socket, 60, socket.getInputStream().readNBytes(100));
              Stages.await(came);
              Talk.reset(socket);
            },
            content -> came.countDown());

    assertThat(end.sign()).isEqualTo(EndSign.RESET);
    assertThat(end.received().bytes()).isEqualTo(60);
    assertThat(end.sentence())
        .startsWith("the peer reset the connection (RST) ")
        .endsWith("; 100 bytes sent, 60 came back");
  }

  /** While much is under way it is chance whether a read or a write meets the reset. */
  @ParameterizedTest
  @MethodSource("transports")
  void takesNoResetForAFinWhenAWriteMeetsIt(Transport transport) throws Exception {
    for (int round = 0; round < 20; round++) {
      ConnectionEnd end =
          end(
              transport,
              8_000_000,
              socket -> {
                echo(socket, 1000, socket.getInputStream().readNBytes(1000));
                Talk.reset(socket);
              });

      assertThat(end.how()).isEqualTo(How.RESET);
      assertThat(end.sent().bytes()).isBetween(end.received().bytes(), 7_999_999L);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void countsWhatTheSocketTookOfALongMessage(Transport transport) throws Exception {
    ConnectionEnd end =
        end(
            transport,
            32_000_000,
            socket -> {
              echo(socket, 1000, socket.getInputStream().readNBytes(1_000_000));
              socket.shutdownOutput();
              Stages.await(over);
            });

    assertThat(end.how()).isEqualTo(How.FIN);
    assertThat(end.sent().bytes()).isBetween(1_000_000L, 31_999_999L);
    assertThat(end.received().bytes()).isEqualTo(1000);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void tellsForHowLongNothingMoved(Transport transport) throws Exception {
    timeout = Duration.ofMillis(200);

    ConnectionEnd end =
        end(
            transport,
            100,
            socket -> {
              echo(socket, 50, socket.getInputStream().readNBytes(100));
              Stages.await(over);
            });

    assertThat(end.how()).isEqualTo(How.SILENCE);
    assertThat(end.sinceLast().orElseThrow()).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    assertThat(end.received().sinceLast().orElseThrow()).isLessThanOrEqualTo(end.afterConnect());
    assertThat(end.sentence())
        .startsWith("no progress for 200 ms, ")
        .endsWith("; 100 bytes sent, 50 came back");
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void saysThatThisSideClosed(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(socket -> Stages.await(over))) {
      EchoClient client =
          await(
              EchoClient.connect(
                  bootstrap(Transport.best()),
                  peer.endpoint(),
                  ClientConfig.builder().mode(mode).build()));
      CompletionStage<EchoReply> reply = client.echo(new byte[10]);

      await(client.close());

      ConnectionEnd end = failure(reply, ConnectionLostException.class).end().orElseThrow();
      assertThat(end.how()).isEqualTo(How.CLOSED_HERE);
      assertThat(end.sentence()).startsWith("this client closed the connection ");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void keepsTheErrorOfThePeer(Transport transport) throws Exception {
    Talk.Script refusing =
        socket -> {
          socket.getInputStream().readNBytes(8 + 8 + 100);
          ByteBuf answer = Unpooled.buffer();
          Preface.writeAnswer(answer);
          ByteBuf error =
              new FrameError(ErrorCode.LIMIT_REACHED, "come later")
                  .toFrame(UnpooledByteBufAllocator.DEFAULT);
          socket.getOutputStream().write(ByteBufUtil.getBytes(answer));
          socket.getOutputStream().write(ByteBufUtil.getBytes(error));
          error.release();
        };
    try (Talk peer = Talk.with(refusing)) {
      EchoClient client =
          await(EchoClient.connect(bootstrap(transport), peer.endpoint(), ClientConfig.DEFAULT));

      RefusedException why = failure(client.echo(new byte[100]), RefusedException.class);

      ConnectionEnd end = why.end().orElseThrow();
      assertThat(end.sign()).isEqualTo(EndSign.error(4, "come later"));
      assertThat(end.sentence())
          .startsWith("the peer refused (error 4: come later) ")
          .contains("; 116 bytes sent, ");
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void goesWithAWrongAnswerToo(Transport transport) throws Exception {
    assumeTrue(transport.isAvailable());
    try (Talk peer = Talk.with(Talk.damaging(Damage.FLIP, 50))) {
      EchoClient client = await(EchoClient.connect(bootstrap(transport), peer.endpoint(), STREAM));

      MismatchException why = failure(client.echo(content(100)), MismatchException.class);

      ConnectionEnd end = why.end().orElseThrow();
      assertThat(end.how()).isEqualTo(How.CLOSED_HERE);
      assertThat(end.sent().bytes()).isEqualTo(100);
      assertThat(end.received().bytes()).isEqualTo(100);
    }
  }

  private static final ClientConfig STREAM = ClientConfig.builder().mode(ClientMode.STREAM).build();

  /** How a connection ends over which one message of the stream is sent. */
  private ConnectionEnd end(Transport transport, int bytes, Talk.Script script) throws Exception {
    return end(transport, bytes, script, content -> {});
  }

  private ConnectionEnd end(
      Transport transport, int bytes, Talk.Script script, ReplyListener replies) throws Exception {
    ClientConfig config =
        ClientConfig.builder().mode(ClientMode.STREAM).timeout(timeout).replies(replies).build();
    try (Talk peer = Talk.with(script)) {
      EchoClient client = await(EchoClient.connect(bootstrap(transport), peer.endpoint(), config));
      return ((EchoException) failure(client.echo(content(bytes)))).end().orElseThrow();
    }
  }

  private static void echo(Socket socket, int bytes, byte[] read) throws IOException {
    socket.getOutputStream().write(read, 0, bytes);
  }

  private static byte[] content(int bytes) {
    byte[] content = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      content[i] = (byte) i;
    }
    return content;
  }

  private Bootstrap bootstrap(Transport transport) {
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    groups.add(group);
    return new Bootstrap()
        .group(group)
        .channelFactory(transport.channels(TcpEndpoint.of("localhost", 0)));
  }
}
