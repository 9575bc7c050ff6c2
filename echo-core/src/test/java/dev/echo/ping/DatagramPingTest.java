package dev.echo.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.ClientMode;
import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import dev.echo.client.UnreachableException;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.LossyPath;
import dev.echo.testing.LossyPath.Fate;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pings over UDP: loss is counted and stops nothing. */
@Timeout(60)
class DatagramPingTest {
  private @Nullable EchoServer server;

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private int serve(int port) throws Exception {
    EchoServer started =
        EchoServer.builder()
            .listen(UdpEndpoint.of("127.0.0.1", port))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    server = started;
    return ((NetworkEndpoint) started.endpoints().get(0)).port();
  }

  private static PingPlanBuilder plan(int port) {
    return PingPlan.builder(UdpEndpoint.of("127.0.0.1", port))
        .interval(Duration.ofMillis(20))
        .timeout(Duration.ofMillis(500));
  }

  private static PingResult run(PingPlan plan, PingListener listener) throws Exception {
    return PingRun.start(plan, listener).result().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private static int freePort() throws Exception {
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void sendsEachFlowFromAPortOfItsOwn(ClientMode mode) throws Exception {
    PingResult result = run(plan(serve(0)).mode(mode).flows(3).count(5).build(), PingListener.NONE);

    assertThat(result.status()).isEqualTo(ExitStatus.OK);
    assertThat(result.counts()).isEqualTo(new PingCounts(15, 15, 15, 0, 0, 0, 0));
    assertThat(result.datagrams().lost()).isZero();
    assertThat(result.residence().count()).isEqualTo(mode == ClientMode.FRAMES ? 15 : 0);
    assertThat(result.flows())
        .extracting(
            flow -> flow.local() instanceof InetSocketAddress address ? address.getPort() : 0)
        .doesNotHaveDuplicates()
        .doesNotContain(0);
  }

  @Test
  void countsWhatAPathDoes() throws Exception {
    List<Fate> fates =
        List.of(
            Fate.PASS,
            Fate.LOSE_THERE,
            Fate.LOSE_BACK,
            Fate.DOUBLE_BACK,
            Fate.HOLD,
            Fate.PASS,
            Fate.PASS);
    List<PingMiss.Reason> missed = new CopyOnWriteArrayList<>();
    PingListener listener =
        new PingListener() {
          @Override
          public void missed(PingMiss miss) {
            missed.add(miss.reason());
          }
        };
    try (LossyPath path = new LossyPath(fates, serve(0))) {
      PingResult result = run(plan(path.port()).count(fates.size()).build(), listener);

      assertThat(result.counts()).isEqualTo(new PingCounts(7, 7, 5, 2, 0, 0, 0));
      assertThat(result.datagrams())
          .isEqualTo(
              new DatagramCounts(7, 5, 0, 2, 1, 1, 0, 0, Optional.of(new LossDirections(1, 1, 0))));
      assertThat(missed).containsOnly(PingMiss.Reason.TIMEOUT).hasSize(2);
      assertThat(result.status()).isEqualTo(ExitStatus.OK);
    }
  }

  @Test
  void tellsOfALateOne() throws Exception {
    List<PingReply> late = new CopyOnWriteArrayList<>();
    PingListener listener =
        new PingListener() {
          @Override
          public void late(PingReply reply) {
            late.add(reply);
          }
        };
    try (LossyPath path = new LossyPath(List.of(Fate.HOLD, Fate.PASS), serve(0))) {
      PingPlan plan =
          plan(path.port())
              .count(2)
              .interval(Duration.ofMillis(400))
              .timeout(Duration.ofMillis(200))
              .build();

      PingResult result = run(plan, listener);

      assertThat(late).singleElement().extracting(PingReply::sequence).isEqualTo(1L);
      assertThat(result.counts()).isEqualTo(new PingCounts(2, 2, 1, 1, 0, 0, 1));
      assertThat(result.datagrams().late()).isEqualTo(1);
      assertThat(result.datagrams().lost()).isZero();
    }
  }

  /** One echo came, after its timeout: that proves nothing. */
  @Test
  void isIncompleteIfNothingCameInTime() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      Thread late = new Thread(() -> echoTheFirstAfterTheSecond(peer));
      late.start();
      PingPlan plan =
          plan(peer.getLocalPort())
              .count(2)
              .interval(Duration.ofMillis(400))
              .timeout(Duration.ofMillis(200))
              .build();

      PingResult result = run(plan, PingListener.NONE);

      late.join();
      assertThat(result.counts()).isEqualTo(new PingCounts(2, 2, 0, 2, 0, 0, 1));
      assertThat(result.status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  private static void echoTheFirstAfterTheSecond(DatagramSocket peer) {
    try {
      DatagramPacket first = new DatagramPacket(new byte[2048], 2048);
      peer.receive(first);
      peer.receive(new DatagramPacket(new byte[2048], 2048));
      peer.send(first);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void findsWrongBytes() throws Exception {
    List<PingWrong> wrong = new CopyOnWriteArrayList<>();
    PingListener listener =
        new PingListener() {
          @Override
          public void wrong(PingWrong one) {
            wrong.add(one);
          }
        };
    try (LossyPath path = new LossyPath(List.of(Fate.PASS, Fate.RUIN), serve(0))) {
      PingResult result = run(plan(path.port()).count(3).build(), listener);

      assertThat(wrong).singleElement().extracting(PingWrong::sequence).isEqualTo(2L);
      assertThat(result.counts()).isEqualTo(new PingCounts(3, 3, 2, 0, 1, 0, 0));
      assertThat(result.status()).isEqualTo(ExitStatus.WRONG);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void showsThatNobodyListensThereAndGoesOn(Transport transport) throws Exception {
    if (!transport.isAvailable()) {
      return;
    }
    int port = freePort();
    List<Throwable> troubles = new CopyOnWriteArrayList<>();
    PingListener listener =
        new PingListener() {
          @Override
          public void trouble(PingTrouble trouble) {
            troubles.add(trouble.cause());
          }

          @Override
          public void missed(PingMiss miss) {
            if (miss.sequence() == 5 && server == null) {
              serveNow(port);
            }
          }
        };

    PingResult result = run(plan(port).transport(transport).count(100).build(), listener);

    assertThat(troubles.get(0))
        .isInstanceOfSatisfying(
            UnreachableException.class,
            why -> assertThat(why.reason()).isEqualTo(UnreachableException.Reason.REFUSED));
    assertThat(result.counts().missing()).isPositive();
    assertThat(result.counts().echoed()).isPositive();
    assertThat(result.status()).isEqualTo(ExitStatus.OK);
  }

  private void serveNow(int port) {
    try {
      serve(port);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void isUnreachableIfNobodyIsThereToTheEnd() throws Exception {
    PingResult result = run(plan(freePort()).count(3).build(), PingListener.NONE);

    assertThat(result.status()).isEqualTo(ExitStatus.UNREACHABLE);
    assertThat(result.counts().missing()).isEqualTo(3);
  }

  @Test
  void refusesWhatNoDatagramHolds() {
    assertThatThrownBy(() -> plan(7).payloadBytes(65_460).build()).hasMessageContaining("0..65459");
  }
}
