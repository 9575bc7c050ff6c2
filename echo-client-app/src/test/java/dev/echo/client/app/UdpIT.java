package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.Endpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar over UDP: to our own server, and to a peer that loses, doubles and reorders by plan. */
@Timeout(120)
class UdpIT {
  private EchoServer server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server =
        EchoServer.builder()
            .listen(Endpoint.parse("udp://127.0.0.1:0"))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    url = server.endpoints().get(0).toString();
  }

  @AfterEach
  void end() throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static JarProcess client(String words) {
    return JarProcess.start(ClientJar.PATH, words.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void sends(String mode) {
    String words =
        " 3 --mode " + mode + " -m Hello --empty --hex fe00ff --random 8KiB --print none";
    try (PeerProcess plain = PeerProcess.udp()) {
      for (String to : new String[] {url, "udp://127.0.0.1:" + plain.port()}) {
        try (JarProcess client = client(to + words)) {
          assertThat(client.exitStatus()).as(client.toString()).isZero();
          assertThat(client.err()).contains("all 12 came back");
        }
      }
    }
  }

  @Test
  void pingsEachFlowFromItsOwnPort() {
    try (JarProcess client = client("ping " + url + " -n 3 -i 50ms --flows 2")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out())
          .contains("seq=3 time=")
          .contains("(residence ")
          .contains("6 sent, 6 echoed, 0 missing, 0 wrong\n0% loss");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "drop 1 2, '20% loss: 2 lost'",
    "double 1 2, '0% loss: 2 duplicated'",
    "swap 1 4, '0% loss: 2 reordered'"
  })
  void pingsOverAPathThatIsNotHonest(String plan, String loss) {
    try (PeerProcess peer = PeerProcess.udp(plan.split(" "));
        JarProcess client =
            client("ping udp://127.0.0.1:" + peer.port() + " -n 10 -i 20ms --timeout 1s")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).contains(loss);
    }
  }

  @ParameterizedTest
  @CsvSource({"drop 1 2 3, lost", "double 1 2 3, duplicated", "swap 1 4 7, reordered"})
  void measuresAPathThatIsNotHonest(String plan, String what) {
    String words = " -n 200 -r 500 --warmup 0s --timeout 1s --expect " + what + "=3 --json";
    try (PeerProcess peer = PeerProcess.udp(plan.split(" "));
        JarProcess client = client("bench udp://127.0.0.1:" + peer.port() + words)) {
      // This machine may be late; what is counted is exact.
      assertThat(client.exitStatus()).as(client.toString()).isIn(0, 6);
      assertThat(client.out()).contains("\"" + what + "\":3").contains("\"outcome\":\"held\"");
    }
  }

  @Test
  void measuresAndReportsAgain(@TempDir Path folder) {
    Path file = folder.resolve("udp.json");
    String words = " -c 2 -r 200 -d 1s --warmup 200ms --format json -o " + file;
    try (JarProcess client = client("bench " + url + words)) {
      assertThat(client.exitStatus()).as(client.toString()).isIn(0, 6);
    }
    assertThat(file).content().contains("\"datagrams\": {").contains("\"lost\": 0");
    try (JarProcess client = client("report " + file)) {
      assertThat(client.exitStatus()).as(client.toString()).isIn(0, 6);
      assertThat(client.out())
          .contains("datagrams")
          .contains("0 lost, 0 late, 0 duplicated, 0 reordered");
    }
  }

  @Test
  void isNotHeldUpByLossInClosedLoop() {
    String words = " -n 500 -r max --warmup 0s --timeout 200ms --expect lost<10% --json";
    try (PeerProcess peer = PeerProcess.udp("drop", "5", "100", "200");
        JarProcess client = client("bench udp://127.0.0.1:" + peer.port() + words)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }

  @Test
  void saysThatNobodyListensThere() throws Exception {
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }
    try (JarProcess bench = client("bench udp://127.0.0.1:" + port + " -n 10")) {
      assertThat(bench.exitStatus()).as(bench.toString()).isEqualTo(3);
      assertThat(bench.err()).contains("refused: nobody listens");
    }
    try (JarProcess ping = client("ping udp://127.0.0.1:" + port + " -n 3 -i 100ms")) {
      assertThat(ping.exitStatus()).as(ping.toString()).isEqualTo(3);
      assertThat(ping.err()).contains("refused; it goes on");
      assertThat(ping.out()).contains("missing: refused, port unreachable");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "bench --new-connections, has no connections",
    "bench --send-proxy v1, has no connection to begin with a header",
    "bench -s 65500, at most 65459",
    "whoami, has no connection to ask about"
  })
  void refusesWhatUdpCannotDo(String words, String said) {
    try (JarProcess client = client(words + " " + url)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err()).contains(said);
    }
  }
}
