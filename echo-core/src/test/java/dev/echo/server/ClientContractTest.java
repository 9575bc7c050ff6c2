package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import dev.echo.client.EchoSummary;
import dev.echo.client.OutgoingMessage;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Transport;
import dev.echo.frame.FrameType;
import dev.echo.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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

/** What the client and the server do together over every endpoint in order, in each mode. */
@ParameterizedClass(name = "{0} on {1}, {2} against {3}")
@MethodSource("ways")
@Timeout(60)
class ClientContractTest {
  private static final int BIG = 16 << 20;
  private static final int PIECE = 64 << 10;

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
  private EchoClient client;

  static Stream<Arguments> ways() {
    return Carrier.ways(Carrier.Kind.STREAM, Carrier.Kind.MESSAGES)
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
    client = connect();
  }

  private EchoClient connect() throws Exception {
    var endpoint = server.endpoints().get(0);
    ClientConfig config = ClientConfig.builder().mode(mode).front(carrier.clientFront()).build();
    Bootstrap bootstrap = new Bootstrap().group(loops).channel(transport.channelType(endpoint));
    return await(EchoClient.connect(bootstrap, endpoint, config));
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

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @Test
  void echoesTextsBytesAndNothing() throws Exception {
    assertThat(await(client.echo("ä漢🎈")).bytes()).isEqualTo(9);
    assertThat(await(client.echo(random(1000))).bytes()).isEqualTo(1000);
    assertThat(await(client.echo("")).bytes()).isZero();

    assertThat(await(client.finish())).isEqualTo(new EchoSummary(3, 3, 1009));
  }

  @Test
  void echoesManyMessagesAtOnce() throws Exception {
    List<CompletionStage<EchoReply>> replies = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      replies.add(client.echo(random(i)));
    }

    EchoSummary summary = await(client.finish());

    assertThat(summary.echoed()).isEqualTo(1000);
    assertThat(summary.bytesEchoed()).isEqualTo(999 * 1000 / 2);
    assertThat(replies).allMatch(reply -> reply.toCompletableFuture().isDone());
  }

  @Test
  void echoesAMessageOfManyMegabytesInPieces() throws Exception {
    OutgoingMessage message = client.open(FrameType.BINARY);
    for (int i = 0; i < BIG / PIECE; i++) {
      await(message.write(Unpooled.wrappedBuffer(random(PIECE))));
    }

    assertThat(await(message.end()).bytes()).isEqualTo(BIG);
    assertThat(await(client.finish()).bytesEchoed()).isEqualTo(BIG);
  }

  @Test
  void keepsNothingOfAConnectionThatHasEnded() throws Exception {
    await(client.echo("a"));
    await(client.finish());

    Eventually.eventually("gone", () -> server.connections() == 0);
  }

  @Test
  void drainsWithoutLoss() throws Exception {
    await(client.echo("a"));

    CompletionStage<Void> drained = server.drain(Duration.ofSeconds(20));

    await(client.ended());
    await(drained);
    assertThat(server.connections()).isZero();
  }
}
