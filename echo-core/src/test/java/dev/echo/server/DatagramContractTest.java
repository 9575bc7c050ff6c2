package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.DatagramClient;
import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoReply;
import dev.echo.client.Peer;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.FrameType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client and the server do together over datagrams, each by itself, in each mode. The
 * loopback loses none as long as few are under way.
 */
@ParameterizedClass(name = "{0} on {1}, {2} against {3}")
@MethodSource("ways")
@Timeout(60)
class DatagramContractTest {
  private static final int UNDER_WAY = 16;

  @Parameter(0)
  Carrier carrier;

  @Parameter(1)
  Transport transport;

  @Parameter(2)
  ClientMode mode;

  @Parameter(3)
  EchoMode listening;

  @TempDir Path directory;

  private EchoServer server;
  private EventLoopGroup loops;
  private DatagramClient client;

  static Stream<Arguments> ways() {
    return Carrier.ways(Carrier.Kind.DATAGRAMS)
        .map(Arguments::get)
        .flatMap(
            way ->
                Stream.of(
                    Arguments.of(way[0], way[1], ClientMode.FRAMES, EchoMode.AUTO),
                    Arguments.of(way[0], way[1], ClientMode.FRAMES, EchoMode.FRAMES),
                    Arguments.of(way[0], way[1], ClientMode.FRAMES, EchoMode.STREAM),
                    Arguments.of(way[0], way[1], ClientMode.STREAM, EchoMode.AUTO),
                    Arguments.of(way[0], way[1], ClientMode.STREAM, EchoMode.STREAM)));
  }

  @BeforeEach
  void start() throws Exception {
    server =
        Servers.start(
            EchoServer.builder()
                .transport(transport)
                .front(carrier.serverFront())
                .mode(listening)
                .listen(carrier.anywhere(directory)));
    loops = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
    Bootstrap bootstrap = new Bootstrap().group(loops).channelFactory(transport.datagramChannels());
    client =
        await(
            DatagramClient.open(
                bootstrap,
                (UdpEndpoint) server.endpoints().get(0),
                ClientConfig.builder().mode(mode).grace(Duration.ofMillis(100)).build()));
  }

  @AfterEach
  void end() throws Exception {
    await(client.close());
    Servers.close(server);
    loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).await(5, TimeUnit.SECONDS);
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private CompletionStage<EchoReply> echo(int bytes) {
    byte[] payload = new byte[bytes];
    new Random(bytes).nextBytes(payload);
    return client.echo(FrameType.BINARY, Unpooled.wrappedBuffer(payload));
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private void assertAllCameBack(long count) throws Exception {
    DatagramCounts counts = await(client.finish());

    assertThat(
            List.of(
                counts.sent(),
                counts.echoed(),
                counts.lost(),
                counts.late(),
                counts.duplicated(),
                counts.reordered(),
                counts.wrong()))
        .containsExactly(count, count, 0L, 0L, 0L, 0L, 0L);
  }

  @Test
  void echoesTextsBytesAndNothing() throws Exception {
    assertThat(await(client.echo(FrameType.TEXT, text("ä漢🎈"))).bytes()).isEqualTo(9);
    assertThat(await(echo(1000)).bytes()).isEqualTo(1000);
    assertThat(await(echo(1)).bytes()).isEqualTo(1);

    assertAllCameBack(3);
  }

  /**
   * A connected UDP socket of the JDK sends no empty datagram, and says so; a frame is not empty.
   */
  @Test
  void echoesNothingOrSaysThatItCannotBeSent() throws Exception {
    CompletionStage<EchoReply> reply = echo(0);

    if (transport == Transport.NIO && mode == ClientMode.STREAM) {
      assertThatThrownBy(() -> await(reply)).hasMessageContaining("cannot send an empty datagram");
    } else {
      assertThat(await(reply).bytes()).isZero();
      assertAllCameBack(1);
    }
  }

  @Test
  void echoesTheLargestDatagram() throws Exception {
    int most = DatagramClient.maxPayloadBytes(mode);

    assertThat(await(echo(most)).bytes()).isEqualTo(most);

    assertAllCameBack(1);
  }

  @Test
  void echoesManyDatagramsSeveralAtOnce() throws Exception {
    for (int i = 0; i < 640; i += UNDER_WAY) {
      List<CompletionStage<EchoReply>> replies = new ArrayList<>();
      for (int j = i; j < i + UNDER_WAY; j++) {
        replies.add(echo(j + 16));
      }
      for (CompletionStage<EchoReply> reply : replies) {
        await(reply);
      }
    }

    assertAllCameBack(640);
  }

  @Test
  void knowsAnAwareServerByItsStamps() throws Exception {
    await(echo(100));

    assertThat(client.peer())
        .isEqualTo(
            mode == ClientMode.FRAMES && listening != EchoMode.STREAM ? Peer.AWARE : Peer.PLAIN);
  }
}
