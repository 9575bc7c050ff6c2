package dev.echo.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.FrameType;
import dev.echo.limit.DatagramLimits;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.LossyPath;
import dev.echo.testing.LossyPath.Fate;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatagramClientTest {
  private final Transport transport = Transport.best();
  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
  private @Nullable EchoServer server;

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
  }

  private int serve(EchoMode mode, DatagramLimits.Sources sources) throws Exception {
    double rate = DatagramLimits.UNLIMITED;
    EchoServer started =
        EchoServer.builder()
            .listen(UdpEndpoint.of("127.0.0.1", 0))
            .mode(mode)
            .front(ServerFront.NONE.datagrams(new DatagramLimits(rate, 1, rate, sources)))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    server = started;
    return ((NetworkEndpoint) started.endpoints().get(0)).port();
  }

  private DatagramClient open(int port, ClientMode mode, Duration timeout) throws Exception {
    ClientConfig config =
        ClientConfig.builder().mode(mode).timeout(timeout).grace(Duration.ofMillis(200)).build();
    Bootstrap bootstrap = new Bootstrap().group(group).channelFactory(transport.datagramChannels());
    return get(DatagramClient.open(bootstrap, UdpEndpoint.of("127.0.0.1", port), config));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
  }

  private static Throwable failure(CompletionStage<?> stage) throws Exception {
    try {
      get(stage);
    } catch (ExecutionException e) {
      return e.getCause();
    }
    throw new AssertionError("came back");
  }

  private static long count(List<Fate> plan, Fate fate) {
    return plan.stream().filter(fate::equals).count();
  }

  private DatagramCounts run(List<Fate> plan, ClientMode mode) throws Exception {
    int port = serve(EchoMode.AUTO, DatagramLimits.Sources.ALL);
    try (LossyPath path = new LossyPath(plan, port)) {
      DatagramClient client = open(path.port(), mode, Duration.ofSeconds(2));
      List<CompletionStage<EchoReply>> replies = new ArrayList<>();
      for (int i = 0; i < plan.size(); i++) {
        replies.add(client.echo(FrameType.BINARY, text("message " + i + ".")));
      }
      for (CompletionStage<EchoReply> each : replies) {
        each.toCompletableFuture().exceptionally(why -> null).get(10, TimeUnit.SECONDS);
      }
      return get(client.finish());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void countsWhatThePathDidByDirection(int seed) throws Exception {
    List<Fate> plan = LossyPath.plan(seed, 150);

    DatagramCounts counts = run(plan, ClientMode.FRAMES);

    assertCounts(plan, counts, seed);
    assertThat(counts.directions())
        .as("seed %s", seed)
        .contains(new LossDirections(count(plan, Fate.LOSE_THERE), count(plan, Fate.LOSE_BACK), 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void countsBareDatagramsByTheirContent(int seed) throws Exception {
    List<Fate> plan = LossyPath.plan(seed, 150);

    DatagramCounts counts = run(plan, ClientMode.STREAM);

    // What was ruined has no sequence: its datagram is lost, and another came that nobody sent.
    assertThat(counts.lost())
        .as("seed %s", seed)
        .isEqualTo(
            count(plan, Fate.LOSE_THERE) + count(plan, Fate.LOSE_BACK) + count(plan, Fate.RUIN));
    assertThat(counts.surplus()).as("seed %s", seed).isEqualTo(count(plan, Fate.RUIN));
    assertThat(counts.directions()).isEmpty();
  }

  private static void assertCounts(List<Fate> plan, DatagramCounts counts, int seed) {
    long lost = count(plan, Fate.LOSE_THERE) + count(plan, Fate.LOSE_BACK);
    long ruined = count(plan, Fate.RUIN);
    assertThat(
            List.of(
                counts.sent(),
                counts.echoed(),
                counts.late(),
                counts.lost(),
                counts.duplicated(),
                counts.reordered(),
                counts.wrong()))
        .as("seed %s: sent, echoed, late, lost, duplicated, reordered, wrong", seed)
        .containsExactly(
            (long) plan.size(),
            plan.size() - lost - ruined,
            0L,
            lost,
            count(plan, Fate.DOUBLE_THERE) + count(plan, Fate.DOUBLE_BACK),
            count(plan, Fate.HOLD),
            ruined);
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void verifiesEverySizeThatADatagramHolds(ClientMode mode) throws Exception {
    DatagramClient client =
        open(serve(EchoMode.AUTO, DatagramLimits.Sources.ALL), mode, Duration.ofSeconds(5));

    for (int size : new int[] {0, 1, 100, DatagramClient.maxPayloadBytes(mode)}) {
      EchoReply reply =
          get(client.echo(FrameType.BINARY, Unpooled.buffer(size + 1).writeZero(size)));
      assertThat(reply.bytes()).isEqualTo(size);
    }

    assertThat(client.peer()).isEqualTo(mode == ClientMode.FRAMES ? Peer.AWARE : Peer.PLAIN);
    assertThat(get(client.finish()).echoed()).isEqualTo(4);
  }

  @Test
  void answersTheChallengeByItselfAndLosesNothing() throws Exception {
    DatagramClient client =
        open(
            serve(EchoMode.AUTO, DatagramLimits.Sources.CHALLENGED),
            ClientMode.FRAMES,
            Duration.ofSeconds(5));

    List<CompletionStage<EchoReply>> replies = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      replies.add(client.echo(FrameType.BINARY, text("message " + i + ".")));
    }
    for (CompletionStage<EchoReply> each : replies) {
      get(each);
    }

    DatagramCounts counts = get(client.finish());
    assertThat(counts.echoed()).isEqualTo(5);
    assertThat(counts.wrong()).isZero();
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    DatagramClient client = open(port, ClientMode.FRAMES, Duration.ofSeconds(5));

    Throwable failure = failure(client.echo(FrameType.TEXT, text("hello")));

    assertThat(failure)
        .isInstanceOfSatisfying(
            UnreachableException.class,
            why -> assertThat(why.reason()).isEqualTo(UnreachableException.Reason.REFUSED));
  }

  @Test
  void tellsALateOneFromALostOne() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      peer.setSoTimeout(5000);
      DatagramClient client = open(peer.getLocalPort(), ClientMode.FRAMES, Duration.ofMillis(50));
      CompletionStage<EchoReply> late = client.echo(FrameType.BINARY, text("late"));
      DatagramPacket request = new DatagramPacket(new byte[1000], 1000);
      peer.receive(request);

      assertThat(failure(late))
          .isInstanceOfSatisfying(
              DatagramException.class,
              why -> assertThat(why.kind()).isEqualTo(DatagramException.Kind.LOST));
      assertThat(get(client.counts()).lost()).isEqualTo(1);
      peer.send(request);
      peer.send(request);

      DatagramCounts counts = get(client.finish());
      assertThat(counts.late()).isEqualTo(1);
      assertThat(counts.lost()).isZero();
      assertThat(counts.duplicated()).isEqualTo(1);
    }
  }
}
