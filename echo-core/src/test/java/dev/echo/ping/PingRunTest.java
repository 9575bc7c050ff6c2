package dev.echo.ping;

import static dev.echo.ping.ScriptedPeer.PING_BYTES;
import static dev.echo.ping.ScriptedPeer.PREFACE_BYTES;
import static dev.echo.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.ClientMode;
import dev.echo.client.ConnectionLostException;
import dev.echo.client.EchoException;
import dev.echo.client.MismatchException;
import dev.echo.client.NoProgressException;
import dev.echo.client.NotEchoException;
import dev.echo.client.Peer;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.ping.PingMiss.Reason;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.Certificates;
import dev.echo.text.ExitStatus;
import dev.echo.tls.ClientTls;
import dev.echo.tls.ServerTls;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class PingRunTest {
  private static final Duration SHORT = Duration.ofMillis(20);

  private final Seen seen = new Seen();

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void verifiesEachPingOfAnAwareServer(ClientMode mode) throws Exception {
    EchoServer server = serverOn(0);
    Endpoint endpoint = server.endpoints().get(0);

    PingResult result = run(PingPlan.builder(endpoint).mode(mode).interval(SHORT).count(5));

    boolean framed = mode == ClientMode.FRAMES;
    assertThat(result.status()).isEqualTo(ExitStatus.OK);
    assertThat(result.counts()).isEqualTo(new PingCounts(5, 5, 5, 0, 0, 0, 0));
    assertThat(result.service().count()).isEqualTo(5);
    assertThat(result.residence().count()).isEqualTo(framed ? 5 : 0);
    assertThat(result.flows().get(0).peer()).isEqualTo(framed ? Peer.AWARE : Peer.PLAIN);
    assertThat(seen.replies()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(seen.stream(PingReply.class))
        .allMatch(reply -> reply.residenceNanos().isPresent() == framed)
        .allMatch(reply -> reply.bytes() == 64);
    close(server);
  }

  @Test
  void hasNoThreadLeftWhenItTellsItsResult() throws Exception {
    EchoServer server = serverOn(0);
    PingPlan plan =
        PingPlan.builder(server.endpoints().get(0)).interval(SHORT).count(2).flows(2).build();

    List<String> left =
        PingRun.start(plan, seen)
            .result()
            .thenApply(result -> threads())
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);

    assertThat(left).isEmpty();
    close(server);
  }

  /** The listener's backlog is full, so the connect neither succeeds nor fails. */
  @Test
  void hasNoThreadLeftEvenIfItIsStoppedWhileItConnects() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean unused = channel.connect(full.getLocalSocketAddress());
        waiting.add(channel);
      }
      PingPlan plan =
          PingPlan.builder(TcpEndpoint.of("127.0.0.1", full.getLocalPort()))
              .connectTimeout(Duration.ofHours(1))
              .build();
      PingRun run = PingRun.start(plan, seen);
      eventually("warm", () -> seen.stream(Distribution.class).count() == 1);

      run.stop();

      assertThat(
              run.result()
                  .thenApply(result -> threads())
                  .toCompletableFuture()
                  .get(30, TimeUnit.SECONDS))
          .isEmpty();
      for (SocketChannel each : waiting) {
        each.close();
      }
    }
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("echo-ping"))
        .toList();
  }

  @Test
  void doesNotReachAServerThatRefusesItsCertificateAfterTheHandshake(@TempDir Path folder)
      throws Exception {
    Path issuer = Certificates.in(folder, "issuer").file("issuer.crt");
    EchoServer server =
        EchoServer.builder()
            .listen(Endpoint.parse("tls://127.0.0.1:0"))
            .front(ServerFront.NONE.tls(ServerTls.selfSigned().clientCa(issuer).build()))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    ClientFront front = ClientFront.NONE.tls(ClientTls.builder().insecure().build());

    PingResult result =
        run(
            PingPlan.builder(server.endpoints().get(0))
                .front(front)
                .timeout(Duration.ofSeconds(2))
                .interval(SHORT)
                .count(3));

    assertThat(result.status()).isEqualTo(ExitStatus.UNREACHABLE);
    assertThat(result.counts().echoed()).isZero();
    assertThat(seen.stream(PingTrouble.class).map(PingTrouble::cause))
        .hasOnlyElementsOfType(UnreachableException.class)
        .singleElement()
        .asString()
        .contains("the server wants a certificate of the client");
    assertThat(seen.reasons()).isNotEmpty().isSubsetOf(Reason.TURNED_AWAY, Reason.NO_CONNECTION);
    close(server);
  }

  @Test
  void tellsItsFloorThenTheConnectionThenTheReplies() throws Exception {
    EchoServer server = serverOn(0);

    PingResult result = run(PingPlan.builder(server.endpoints().get(0)).count(1));

    assertThat(result.floor().minNanos()).isPositive();
    assertThat(result.floor().count()).isGreaterThan(10);
    assertThat(seen.events().get(0)).isEqualTo(result.floor());
    assertThat(seen.events().get(1)).isInstanceOf(PingConnection.class);
    assertThat(seen.events().get(2)).isInstanceOf(PingReply.class);
    assertThat(seen.events()).hasSize(3);
    close(server);
  }

  @Test
  void sendsTheNextPingsWhileOneIsOutstanding() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of((i, socket) -> ScriptedPeer.echo(socket, PREFACE_BYTES + 3 * PING_BYTES))) {

      PingResult result = run(PingPlan.builder(peer.endpoint()).interval(SHORT).count(3));

      assertThat(result.counts()).isEqualTo(new PingCounts(3, 3, 3, 0, 0, 0, 0));
      assertThat(result.flows().get(0).peer()).isEqualTo(Peer.PLAIN);
      assertThat(result.service().maxNanos()).isGreaterThan(SHORT.toNanos() * 3 / 2);
    }
  }

  @Test
  void countsWhatIsDueWithoutAConnectionAsMissing() throws Exception {
    PingResult result = run(PingPlan.builder(nobody()).interval(SHORT).count(4));

    assertThat(result.status()).isEqualTo(ExitStatus.UNREACHABLE);
    assertThat(result.counts()).isEqualTo(new PingCounts(4, 0, 0, 4, 0, 0, 0));
    assertThat(seen.reasons()).containsOnly(Reason.NO_CONNECTION);
    assertThat(seen.stream(PingTrouble.class))
        .singleElement()
        .extracting(PingTrouble::cause)
        .isInstanceOf(UnreachableException.class);
  }

  @Test
  void findsAServerThatComesUpLater() throws Exception {
    Endpoint endpoint = nobody();
    PingRun run = PingRun.start(PingPlan.builder(endpoint).interval(SHORT).build(), seen);
    eventually("a ping without a connection", () -> !seen.reasons().isEmpty());

    EchoServer server = serverOn(((TcpEndpoint) endpoint).port());
    eventually("a reply", () -> !seen.replies().isEmpty());
    run.stop();

    PingResult result = result(run);
    assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(result.counts().echoed()).isPositive();
    assertThat(result.reconnects()).isZero();
    close(server);
  }

  @Test
  void makesALostConnectionAgainAndTellsItOnce() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              if (i == 0) {
                ScriptedPeer.echo(socket, PREFACE_BYTES + PING_BYTES);
              } else if (i > 3) {
                ScriptedPeer.echo(socket);
              }
            })) {
      PingRun run = PingRun.start(PingPlan.builder(peer.endpoint()).interval(SHORT).build(), seen);

      eventually("a reply of the fifth connection", () -> seen.replies().size() > 1);
      run.stop();

      PingResult result = result(run);
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(result.reconnects()).isEqualTo(4);
      assertThat(seen.stream(PingConnection.class).map(PingConnection::attempt))
          .containsExactly(1L, 5L);
      assertThat(seen.stream(PingTrouble.class))
          .singleElement()
          .extracting(PingTrouble::cause)
          .isInstanceOf(ConnectionLostException.class);
      assertThat(result.counts().missing()).isPositive();
      assertThat(result.counts().wrong()).isZero();
    }
  }

  @Test
  void tellsOfEachLossHowItEndedAndHowFarItCame() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of((i, socket) -> ScriptedPeer.echo(socket, PREFACE_BYTES + PING_BYTES))) {
      PingRun run =
          PingRun.start(
              PingPlan.builder(peer.endpoint()).interval(Duration.ofMillis(200)).build(), seen);

      eventually("three connections that worked", () -> seen.replies().size() > 2);
      run.stop();

      assertThat(result(run).reconnects()).isGreaterThan(1);
      assertThat(seen.all(PingTrouble.class))
          .hasSizeGreaterThan(1)
          .allSatisfy(
              trouble -> {
                ConnectionEnd end = ((EchoException) trouble.cause()).end().orElseThrow();
                assertThat(end.how().side()).isEqualTo(EndSign.Side.PEER);
                assertThat(end.received().bytes()).isEqualTo(PREFACE_BYTES + PING_BYTES);
                assertThat(end.brief()).endsWith(" after the last byte");
              });
    }
  }

  @Test
  void countsAWrongEchoAndGoesOn() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              if (i == 0) {
                ScriptedPeer.echo(socket, PREFACE_BYTES + 2 * PING_BYTES);
                byte[] third = socket.getInputStream().readNBytes(PING_BYTES);
                third[50] ^= 1;
                socket.getOutputStream().write(third);
              }
              ScriptedPeer.echo(socket);
            })) {
      PingRun run = PingRun.start(PingPlan.builder(peer.endpoint()).interval(SHORT).build(), seen);

      eventually("replies after the damage", () -> seen.replies().size() > 3);
      run.stop();

      PingResult result = result(run);
      assertThat(result.status()).isEqualTo(ExitStatus.WRONG);
      assertThat(result.counts().wrong()).isEqualTo(1);
      assertThat(result.reconnects()).isEqualTo(1);
      PingWrong wrong = seen.all(PingWrong.class).get(0);
      assertThat(wrong.sequence()).isEqualTo(3);
      assertThat(wrong.cause()).isInstanceOf(MismatchException.class);
      assertThat(((MismatchException) wrong.cause()).offset()).isEqualTo(10);
    }
  }

  @Test
  void seesBytesThatNobodySent() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              ScriptedPeer.echo(socket);
              socket.getOutputStream().write('!');
            })) {

      PingResult result =
          run(PingPlan.builder(peer.endpoint()).mode(ClientMode.STREAM).interval(SHORT).count(2));

      assertThat(result.counts()).isEqualTo(new PingCounts(2, 2, 2, 0, 0, 1, 0));
      assertThat(result.status()).isEqualTo(ExitStatus.WRONG);
      assertThat(seen.all(PingTrouble.class)).hasSize(1);
    }
  }

  @Test
  void namesWhatIsNoEcho() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              socket.getOutputStream().write("220 mail\r\n".getBytes(StandardCharsets.UTF_8));
              ScriptedPeer.ignore(socket);
            })) {

      PingResult result = run(PingPlan.builder(peer.endpoint()).interval(SHORT).count(3));

      assertThat(result.status()).isEqualTo(ExitStatus.WRONG);
      assertThat(result.counts().echoed()).isZero();
      assertThat(seen.stream(PingTrouble.class))
          .singleElement()
          .extracting(PingTrouble::cause)
          .isInstanceOf(NotEchoException.class);
    }
  }

  @Test
  void endsWhenTheLastPingHasTimedOut() throws Exception {
    try (ScriptedPeer peer = ScriptedPeer.of((i, socket) -> ScriptedPeer.ignore(socket))) {

      PingResult result =
          run(
              PingPlan.builder(peer.endpoint())
                  .interval(SHORT)
                  .timeout(Duration.ofMillis(200))
                  .count(3));

      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(result.counts()).isEqualTo(new PingCounts(3, 3, 0, 3, 0, 0, 0));
      assertThat(seen.reasons()).containsOnly(Reason.TIMEOUT);
    }
  }

  @Test
  void givesUpAStalledConnectionAndRecovers() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              if (i == 0) {
                ScriptedPeer.echo(socket, PREFACE_BYTES + PING_BYTES);
                ScriptedPeer.ignore(socket);
              }
              ScriptedPeer.echo(socket);
            })) {
      PingRun run =
          PingRun.start(
              PingPlan.builder(peer.endpoint())
                  .interval(Duration.ofMillis(50))
                  .timeout(Duration.ofMillis(100))
                  .build(),
              seen);

      eventually("replies after the stall", () -> seen.replies().size() > 2);
      run.stop();

      PingResult result = result(run);
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(result.reconnects()).isEqualTo(1);
      assertThat(result.counts().missing()).isGreaterThan(10);
      assertThat(seen.reasons()).contains(Reason.TIMEOUT);
      assertThat(seen.stream(PingTrouble.class))
          .singleElement()
          .extracting(PingTrouble::cause)
          .isInstanceOf(NoProgressException.class);
    }
  }

  @Test
  void countsALatePingAsMissingAndKeepsTheConnection() throws Exception {
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              ScriptedPeer.echo(socket, PREFACE_BYTES + PING_BYTES);
              byte[] second = socket.getInputStream().readNBytes(PING_BYTES);
              eventually("the second ping is missing", () -> !seen.reasons().isEmpty());
              socket.getOutputStream().write(second);
              ScriptedPeer.echo(socket);
            })) {
      PingRun run =
          PingRun.start(
              PingPlan.builder(peer.endpoint())
                  .interval(Duration.ofMillis(100))
                  .timeout(Duration.ofMillis(300))
                  .build(),
              seen);

      eventually("the late one", () -> !seen.lateOnes().isEmpty());
      eventually("others behind it", () -> seen.replies().stream().anyMatch(reply -> reply > 2));
      run.stop();

      PingResult result = result(run);
      assertThat(seen.lateOnes().get(0).sequence()).isEqualTo(2);
      assertThat(seen.lateOnes().get(0).serviceTimeNanos()).isGreaterThan(250_000_000L);
      assertThat(result.counts().late()).isPositive();
      assertThat(result.reconnects()).isZero();
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  @Test
  void reportsEachFlowByItself() throws Exception {
    int[] silentPort = new int[1];
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              if (i == 1) {
                silentPort[0] = socket.getPort();
                ScriptedPeer.ignore(socket);
              }
              ScriptedPeer.echo(socket);
            })) {

      PingResult result =
          run(
              PingPlan.builder(peer.endpoint())
                  .flows(3)
                  .interval(SHORT)
                  .timeout(Duration.ofSeconds(2))
                  .count(5));

      assertThat(result.flows().stream().map(FlowResult::local).distinct()).hasSize(3);
      assertThat(result.flows())
          .allSatisfy(
              flow -> {
                boolean silent =
                    flow.local() instanceof java.net.InetSocketAddress local
                        && local.getPort() == silentPort[0];
                assertThat(flow.status()).isEqualTo(silent ? ExitStatus.INCOMPLETE : ExitStatus.OK);
                assertThat(flow.counts().echoed()).isEqualTo(silent ? 0 : 5);
              });
      assertThat(result.flows().stream().filter(flow -> flow.status() == ExitStatus.OK)).hasSize(2);
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(result.counts()).isEqualTo(new PingCounts(15, 15, 10, 5, 0, 0, 0));
    }
  }

  @Test
  void waitsForWhatIsUnderWayWhenStopped() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              byte[] first = socket.getInputStream().readNBytes(PREFACE_BYTES + PING_BYTES);
              arrived.countDown();
              await(stopped);
              socket.getOutputStream().write(first);
              ScriptedPeer.echo(socket);
            })) {
      PingRun run = PingRun.start(PingPlan.builder(peer.endpoint()).build(), seen);
      await(arrived);

      run.stop();
      stopped.countDown();

      PingResult result = result(run);
      assertThat(result.counts()).isEqualTo(new PingCounts(1, 1, 1, 0, 0, 0, 0));
      assertThat(result.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void isIncompleteIfStoppedWhileNothingComesBack() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              socket.getInputStream().readNBytes(PREFACE_BYTES + PING_BYTES);
              arrived.countDown();
              ScriptedPeer.ignore(socket);
            })) {
      PingRun run = PingRun.start(PingPlan.builder(peer.endpoint()).build(), seen);
      await(arrived);

      run.stop();

      PingResult result = result(run);
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(seen.reasons()).containsOnly(Reason.STOPPED);
    }
  }

  @Test
  void isInterruptedNotUnreachableIfStoppedWhileItConnects() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedPeer peer =
        ScriptedPeer.of(
            (i, socket) -> {
              socket.getInputStream().read();
              asked.countDown();
              ScriptedPeer.ignore(socket);
            })) {
      Endpoint endpoint = Endpoint.parse(peer.endpoint().toString().replace("tcp:", "ws:"));
      PingRun run = PingRun.start(PingPlan.builder(endpoint).build(), seen);
      await(asked);

      run.stop();

      assertThat(result(run).status()).isEqualTo(ExitStatus.INTERRUPTED);
    }
  }

  @Test
  void saysThatItWasStoppedBeforeAnyPing() throws Exception {
    PingRun run = PingRun.start(PingPlan.builder(nobody()).build(), seen);

    run.stop();
    run.stop();

    PingResult result = result(run);
    assertThat(result.status()).isEqualTo(ExitStatus.INTERRUPTED);
    assertThat(result.counts()).isEqualTo(PingCounts.ZERO);
    run.stop();
  }

  @Test
  void endsWithWhatItsListenerThrows() {
    PingListener broken =
        new PingListener() {
          @Override
          public void missed(PingMiss miss) {
            throw new IllegalStateException("no more");
          }
        };

    PingRun run = PingRun.start(PingPlan.builder(nobody()).interval(SHORT).build(), broken);

    assertThatThrownBy(() -> result(run))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no more");
  }

  @Test
  void checksItsPlan() {
    PingPlanBuilder plan = PingPlan.builder(nobody());

    assertThatThrownBy(() -> plan.flows(0).build()).hasMessage("flows: 0 (expected: 1..65535)");
    assertThatThrownBy(() -> plan.flows(1).count(0).build()).hasMessage("count: 0 (expected: > 0)");
    assertThatThrownBy(() -> plan.count(1).interval(Duration.ZERO).build())
        .hasMessageStartingWith("interval: 0 ns (expected: 1 ms to ");
    assertThatThrownBy(() -> plan.interval(SHORT).mode(ClientMode.STREAM).payloadBytes(0).build())
        .hasMessage("payloadBytes: 0 (expected: 1..1048576)");
    assertThatThrownBy(() -> plan.payloadBytes(1).timeout(Duration.ZERO).build())
        .hasMessageStartingWith("timeout: 0 ns (expected: > 0, at most ");
  }

  private PingResult run(PingPlanBuilder plan) throws Exception {
    return result(PingRun.start(plan.build(), seen));
  }

  private static PingResult result(PingRun run) throws Exception {
    return run.result().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static EchoServer serverOn(int port) {
    return EchoServer.builder()
        .listen(TcpEndpoint.of("127.0.0.1", port))
        .start()
        .toCompletableFuture()
        .join();
  }

  private static void close(EchoServer server) {
    server.close().toCompletableFuture().join();
  }

  /** Where nobody listens. */
  private static Endpoint nobody() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return TcpEndpoint.of("127.0.0.1", socket.getLocalPort());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
