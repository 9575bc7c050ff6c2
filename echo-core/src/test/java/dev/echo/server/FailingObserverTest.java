package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.Refusal;
import dev.echo.testing.Eventually;
import java.lang.reflect.Proxy;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An observer that throws from every method changes nothing: a refused connection is closed, an
 * accepted one is served.
 */
@Timeout(60)
class FailingObserverTest {
  private final Set<String> called = ConcurrentHashMap.newKeySet();
  private EchoServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      Servers.close(server);
    }
  }

  private EchoObserver throwing(Throwable thrown) {
    return (EchoObserver)
        Proxy.newProxyInstance(
            EchoObserver.class.getClassLoader(),
            new Class<?>[] {EchoObserver.class},
            (proxy, method, arguments) -> {
              called.add(method.getName());
              throw thrown;
            });
  }

  private void start(Throwable thrown, int maxConnections) throws Exception {
    server =
        Servers.start(
            EchoServer.builder()
                .listen(Servers.ANYWHERE)
                .listen(UdpEndpoint.of("127.0.0.1", 0))
                .limits(Limits.builder().maxConnections(maxConnections).build())
                .observer(throwing(thrown)));
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, AssertionError.class})
  void aConnectionIsEchoedAndCounted(Class<? extends Throwable> type) throws Exception {
    start(type.getConstructor().newInstance(), 10);

    try (Socket client = new Socket("127.0.0.1", Servers.port(server))) {
      client.getOutputStream().write(new byte[] {1, 2, 3});
      assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    Eventually.eventually("nothing is open", () -> server.connections() == 0);
    Eventually.eventually("it is told the end", () -> called.contains("closed"));
    assertThat(called).contains("accepted", "received", "echoed");
  }

  @Test
  void aRefusedConnectionIsClosed() throws Exception {
    start(new IllegalStateException(), 1);

    try (Socket first = new Socket("127.0.0.1", Servers.port(server))) {
      first.getOutputStream().write(1);
      assertThat(first.getInputStream().read()).isEqualTo(1);
      try (Socket second = new Socket("127.0.0.1", Servers.port(server))) {
        second.setSoTimeout(10_000);
        assertThat(hasEnded(second)).isTrue();
      }
    }

    assertThat(called).contains("refused");
  }

  private static boolean hasEnded(Socket socket) throws java.io.IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (java.io.IOException reset) {
      return true;
    }
  }

  @Test
  void aDatagramIsEchoed() throws Exception {
    start(new IllegalStateException(), 10);
    int port = ((NetworkEndpoint) server.endpoints().get(1)).port();

    try (DatagramSocket client = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      client.setSoTimeout(10_000);
      client.send(new DatagramPacket(new byte[] {7}, 1, InetAddress.getByName("127.0.0.1"), port));
      DatagramPacket answer = new DatagramPacket(new byte[10], 10);
      client.receive(answer);
      assertThat(answer.getLength()).isEqualTo(1);
    }

    assertThat(called).contains("datagramReceived", "datagramEchoed");
  }

  @Test
  void isGuardedOnce() {
    EchoObserver observer = new EchoObserver() {};

    EchoObserver guarded = EchoObserver.guarded(observer);

    assertThat(EchoObserver.guarded(guarded)).isSameAs(guarded);
    assertThat(EchoObserver.guarded(EchoObserver.NONE)).isSameAs(EchoObserver.NONE);
    guarded.refused(null, Refusal.DRAINING);
  }
}
