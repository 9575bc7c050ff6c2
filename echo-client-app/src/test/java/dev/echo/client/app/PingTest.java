package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.tls.ServerTls;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PingTest {
  private static final String TIME = "\\d+\\.\\d+ ms";

  private static EchoServer server;
  private static String target;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    target = server.endpoints().get(0).toString();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @Test
  void printsALineForEachReplyThenTheSummary() {
    Ran ran = ping(target, "-n", "3", "-i", "20ms", "-s", "1k");

    assertThat(ran.status()).as(ran.err()).isZero();
    List<String> lines = ran.out().lines().toList();
    String reply =
        "1000 bytes from 127\\.0\\.0\\.1:\\d+: seq=%d time="
            + TIME
            + " \\(residence "
            + TIME
            + "\\)";
    assertThat(lines.get(0)).matches(reply.formatted(1));
    assertThat(lines.get(2)).matches(reply.formatted(3));
    assertThat(lines.get(3)).startsWith("--- " + target + ": 1000 bytes each 20 ms for ");
    assertThat(lines.get(4)).isEqualTo("3 sent, 3 echoed, 0 missing, 0 wrong");
    assertThat(lines.get(5)).matches("time +min .*, p50 .*, p99 - \\(takes 1,000 pings\\), max .*");
    assertThat(lines.get(6)).startsWith("residence");
    assertThat(lines.get(7)).matches("floor +min " + TIME + ", p50 " + TIME + ": .*");
    assertThat(lines.get(9)).isEqualTo("ok: every byte came back as it was sent");
    assertThat(lines).hasSize(10);
    assertThat(ran.err())
        .contains("ping " + target + ": 1000 bytes each 20 ms; floor ")
        .contains("connected to 127.0.0.1:");
  }

  @Test
  void showsWhatTheHandshakeTook() {
    EchoServer secure =
        EchoServer.builder()
            .listen(Endpoint.parse("tls://127.0.0.1:0"))
            .front(ServerFront.NONE.tls(ServerTls.selfSigned().build()))
            .start()
            .toCompletableFuture()
            .join();
    try {
      String to = secure.endpoints().get(0).toString();
      Ran text = ping(to, "-n", "1", "--insecure");
      Ran json = ping(to, "-n", "1", "--insecure", "--json");

      assertThat(text.status()).as(text.err()).isZero();
      assertThat(text.err()).containsPattern(" in " + TIME + ", handshake " + TIME + "\n");
      assertThat(json.out()).containsPattern("\"handshakeTimeNanos\":[1-9]");
    } finally {
      secure.close().toCompletableFuture().join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void needsNoMoreThanAPlainEcho(String mode) {
    try (PeerProcess peer = PeerProcess.socat()) {
      Ran ran = ping(peer, "-n", "2", "-i", "20ms", "--mode", mode);

      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.out()).contains("seq=2 time=").doesNotContain("residence");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--flows 3", "3"})
  void namesTheFlowAndItsPort(String words) {
    Ran ran = ping(target, (words + " -n 1 -i 20ms").split(" "));

    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out().lines().filter(line -> line.contains("seq=1")))
        .hasSize(3)
        .allMatch(line -> line.matches("\\[[123] port \\d+\\] 64 bytes from .*"));
    assertThat(ran.out().lines().filter(line -> line.endsWith("  ok"))).hasSize(3);
    assertThat(ran.out()).contains("flow  port   sent", "3 sent, 3 echoed, 0 missing, 0 wrong");
    assertThat(ran.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(120));
  }

  @Test
  void saysWhatCameBackWrong() {
    try (PeerProcess peer = PeerProcess.python("flip 60")) {
      Ran ran = ping(peer, "-n", "1");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.out())
          .contains("seq=1 wrong: an echo is corrupt: 1 bit in byte 12")
          .contains("1 sent, 0 echoed, 0 missing, 1 wrong")
          .contains("wrong: bytes came back that were not sent");
      assertThat(ran.err()).contains("  sent       ").contains("  came back  ");
    }
  }

  @Test
  void namesWhatIsNoEcho() {
    try (PeerProcess peer = PeerProcess.python("greet")) {
      Ran ran = ping(peer, "-n", "2", "-i", "20ms");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("is no echo: answered 220 mail\\r\\n (an SMTP or FTP server); reconnecting");
    }
  }

  /** No ping is to be sent any more. */
  @Test
  void doesNotSayThatItReconnectsIfItDoesNot() {
    try (PeerProcess peer = PeerProcess.python("greet")) {
      Ran ran = ping(peer, "-n", "1");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err()).contains("is no echo: answered").doesNotContain("reconnecting");
    }
  }

  /** This client closes at last, which is no trouble and ends nothing that anybody waits for. */
  @Test
  void doesNotCallSilenceAnEndOfItsOwn() {
    try (PeerProcess peer = PeerProcess.python("silent")) {
      Ran ran = ping(peer, "-n", "1", "--flows", "4", "--timeout", "200ms");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.out()).contains("seq=1 missing: not back within 200 ms");
      assertThat(ran.err()).doesNotContain("this client closed the connection");
    }
  }

  /** The first one finishes, the second one resets, and then it is up. */
  @Test
  void tellsEachKindOfEnd() {
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              if (number > 2) {
                ServingPeer.echo(socket);
              }
              socket.getInputStream().readNBytes(20);
              if (number == 2) {
                ServingPeer.reset(socket);
              }
            })) {
      Ran ran = Ran.of("ping", peer.target(), "-n", "20", "-i", "50ms");

      assertThat(ran.err()).contains("ended it").contains("(FIN; ").contains("(RST; ");
    }
  }

  @Test
  void saysWhatIsMissing() {
    try (PeerProcess peer = PeerProcess.python("silent")) {
      Ran ran = ping(peer, "-n", "2", "-i", "20ms", "--timeout", "200ms");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.out())
          .contains("seq=2 missing: not back within 200 ms")
          .contains("2 sent, 0 echoed, 2 missing, 0 wrong")
          .endsWith("incomplete: pings are missing\n");
    }
  }

  @Test
  void saysHowAConnectionEndedAndHowManyWereMadeAgain() {
    try (PeerProcess peer = PeerProcess.python("close 112")) {
      Ran text = ping(peer, "-n", "2", "-i", "300ms");
      Ran json = ping(peer, "-n", "2", "-i", "300ms", "--json");

      assertThat(text.err())
          .containsPattern(
              "the peer closed the connection \\(FIN\\) (right|.+s) after the last byte; reconnecting\n");
      assertThat(text.out()).containsPattern("\n[^\n]+; [12] reconnects?\n$");
      JsonObject end = events(json.json(), "trouble").get(0).getAsJsonObject("end");
      assertThat(end.get("by").getAsString()).isEqualTo("peer");
      assertThat(end.get("how").getAsString()).isEqualTo("fin");
      assertThat(end.get("bytesSent").getAsLong()).isEqualTo(112);
      assertThat(end.get("bytesReceived").getAsLong()).isEqualTo(112);
      assertThat(end.get("sinceReceivedNanos").getAsLong())
          .isLessThanOrEqualTo(end.get("afterConnectNanos").getAsLong());
    }
  }

  @Test
  void tellsOnceThatNobodyIsThereAndGoesOnTrying() {
    int port = PeerProcess.freePort();
    Ran ran = Ran.of("ping", "127.0.0.1", Integer.toString(port), "-n", "5", "-i", "60ms");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.out())
        .contains("seq=5 missing: not sent, no connection")
        .contains("5 due, 0 sent, 0 echoed, 5 missing, 0 wrong")
        .endsWith("unreachable: 1 of 1 flows never had a connection\n");
    assertThat(ran.err().lines().filter(line -> line.contains("cannot connect"))).hasSize(1);
    assertThat(ran.err())
        .contains("java -jar echo-server.jar 127.0.0.1 " + port)
        .doesNotContain("--wait");
  }

  @Test
  void writesAnObjectForEachEventAndASummary() {
    Ran ran = ping(target, "-n", "2", "-i", "20ms", "--flows", "2", "--json");

    assertThat(ran.status()).as(ran.err()).isZero();
    List<JsonObject> objects = ran.json();
    assertThat(objects).hasSize(8);
    assertThat(events(objects, "warm")).hasSize(1);
    assertThat(events(objects, "connected")).hasSize(2);
    assertThat(events(objects, "reply"))
        .hasSize(4)
        .allMatch(each -> each.get("serviceTimeNanos").getAsLong() > 0)
        .allMatch(each -> each.get("residenceNanos").getAsLong() > 0)
        .allMatch(each -> each.get("verdict").getAsString().equals("ok"))
        .extracting(each -> each.get("sequence").getAsLong())
        .containsExactlyInAnyOrder(1L, 1L, 2L, 2L);
    JsonObject summary = objects.get(7).getAsJsonObject("summary");
    assertThat(summary.get("echoed").getAsLong()).isEqualTo(4);
    assertThat(summary.getAsJsonArray("flows")).hasSize(2);
    assertThat(summary.getAsJsonObject("floor").get("p50Nanos").getAsLong()).isPositive();
    assertThat(summary.getAsJsonObject("service").get("p99Nanos").isJsonNull()).isTrue();
    assertThat(summary.get("verdict").getAsString()).isEqualTo("ok");
    assertThat(summary.get("exitStatus").getAsInt()).isZero();
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void jsonHasTheWordOfEachMissingPing() {
    try (PeerProcess peer = PeerProcess.python("silent")) {
      Ran ran = ping(peer, "-n", "1", "--timeout", "100ms", "--json");

      assertThat(events(ran.json(), "missing"))
          .singleElement()
          .extracting(each -> each.get("verdict").getAsString())
          .isEqualTo("incomplete");
      assertThat(ran.out()).contains("\"verdict\":\"incomplete\",\"exitStatus\":4}}");
    }
  }

  @Test
  void quietLeavesTheSummary() {
    Ran text = ping(target, "-n", "2", "-i", "20ms", "-q");
    Ran json = ping(target, "-n", "2", "-i", "20ms", "-q", "--json");

    assertThat(text.out()).startsWith("--- ").doesNotContain("seq=");
    assertThat(text.err()).isEmpty();
    assertThat(json.json()).singleElement().matches(each -> each.has("summary"));
  }

  private static List<JsonObject> events(List<JsonObject> objects, String name) {
    return objects.stream()
        .filter(each -> each.has("event") && each.get("event").getAsString().equals(name))
        .toList();
  }

  private static Ran ping(PeerProcess peer, String... words) {
    return ping("127.0.0.1:" + peer.port(), words);
  }

  private static Ran ping(String target, String... words) {
    return Ran.of(
        Stream.concat(Stream.of("ping", target), Arrays.stream(words)).toArray(String[]::new));
  }
}
