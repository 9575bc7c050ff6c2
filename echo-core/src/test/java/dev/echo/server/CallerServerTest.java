package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.caller.Networks;
import dev.echo.caller.ProxyPolicy;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.caller.ProxyPolicy.UnixPeers;
import dev.echo.endpoint.Transport;
import dev.echo.limit.AccessList;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoCounters;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import dev.echo.testing.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a server believes in decides who is served, on every transport. */
@Timeout(30)
class CallerServerTest {
  private final EchoCounters counters = new EchoCounters();

  static List<Transport> transports() {
    return Servers.transports();
  }

  private EchoServer start(Transport transport, ServerFront front) throws Exception {
    return Servers.start(
        EchoServer.builder()
            .transport(transport)
            .listen(Servers.ANYWHERE)
            .limits(Limits.builder().maxConnectionsPerSource(1).build())
            .observer(counters)
            .front(front));
  }

  private static ServerFront proxied(Mode mode) {
    return ServerFront.NONE.proxy(
        new ProxyPolicy(mode, Networks.of(List.of("127.0.0.0/8")), UnixPeers.UNTRUSTED));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static Peer peer(EchoServer server, String said) throws IOException {
    return new Peer(Servers.port(server)).send(bytes(said));
  }

  private static String header(String source) {
    return "PROXY TCP4 " + source + " 127.0.0.1 1234 7\r\n";
  }

  @ParameterizedTest
  @MethodSource("transports")
  void countsTheCallersOfAProxyEachForItself(Transport transport) throws Exception {
    EchoServer server = start(transport, proxied(Mode.REQUIRED));
    try (Peer one = peer(server, header("192.0.2.1") + "one");
        Peer other = peer(server, header("192.0.2.2") + "other")) {
      assertThat(one.read(3)).asString().isEqualTo("one");
      assertThat(other.read(5)).asString().isEqualTo("other");
      try (Peer again = peer(server, header("192.0.2.1") + "again")) {
        assertThat(again.end()).isIn("FIN", "RST");
      }
      assertThat(counters.snapshot().refused()).isEqualTo(1);
      assertThat(counters.snapshot().accepted()).isEqualTo(2);
    } finally {
      Servers.close(server);
    }
    Eventually.eventually("all closed", () -> counters.snapshot().open() == 0);
  }

  @ParameterizedTest
  @MethodSource("transports")
  void refusesADeniedCallerOfAProxy(Transport transport) throws Exception {
    AccessList access = new AccessList(Networks.NONE, Networks.of(List.of("192.0.2.0/24")));
    EchoServer server = start(transport, proxied(Mode.OPTIONAL).access(access));
    try (Peer denied = peer(server, header("192.0.2.1") + "x");
        Peer allowed = peer(server, header("198.51.100.1") + "Hello")) {
      assertThat(denied.end()).isIn("FIN", "RST");
      assertThat(allowed.read(5)).asString().isEqualTo("Hello");
    } finally {
      Servers.close(server);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void refusesADeniedAddressAtAccept(Transport transport) throws Exception {
    AccessList access = new AccessList(Networks.NONE, Networks.of(List.of("127.0.0.1")));
    EchoServer server = start(transport, ServerFront.NONE.access(access));
    try (Peer denied = new Peer(Servers.port(server))) {
      assertThat(denied.end()).isIn("FIN", "RST");
      assertThat(counters.snapshot().refused()).isEqualTo(1);
      assertThat(counters.snapshot().accepted()).isZero();
    } finally {
      Servers.close(server);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void echoesTheWholeBehindAHeader(Transport transport) throws Exception {
    byte[] data = new byte[1 << 20];
    new java.util.Random(7).nextBytes(data);
    EchoServer server = start(transport, proxied(Mode.REQUIRED));
    try (Peer peer = peer(server, header("192.0.2.1"))) {
      var sent = peer.sendAndFinishBeside(data);

      assertThat(peer.readToEnd()).as("seed 7").isEqualTo(data);
      sent.get(10, TimeUnit.SECONDS);
    } finally {
      Servers.close(server);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void drainsWhoHasNotSaidAnythingYet(Transport transport) throws Exception {
    EchoServer server = start(transport, proxied(Mode.REQUIRED));
    try (Peer peer = new Peer(Servers.port(server))) {
      Eventually.eventually("accepted", () -> server.connections() == 1);

      server.drain(Duration.ofSeconds(20)).toCompletableFuture().get(5, TimeUnit.SECONDS);

      assertThat(peer.end()).isEqualTo("FIN");
    }
  }
}
