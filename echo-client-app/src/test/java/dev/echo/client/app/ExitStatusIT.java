package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every exit status of the contract, from the jar. */
@Timeout(120)
class ExitStatusIT {
  private static EchoServer server;
  private static String target;

  @BeforeAll
  static void start() {
    server = serverOn(0);
    target = server.endpoints().get(0).toString();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  @Test
  void zeroWhenEverythingCameBack() {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, target, "3", "-m", "Grüße")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("Grüße");
      assertThat(client.err()).contains("ok 7 B in ").contains("cold");
    }
  }

  @Test
  void oneWhenAByteIsWrong() {
    try (PeerProcess peer = PeerProcess.python("flip 50");
        JarProcess client = start(peer)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(1);
      assertThat(client.err()).contains("is corrupt: 1 bit in byte 2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--no-such-option", "localhost:99999", "-f /no/such/file", "--timeout 10"})
  void twoWhenTheWordsCannotBeUsed(String words) {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, words.split(" "))) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.out()).isEmpty();
    }
  }

  /** In a network of its own, of which nothing is up. */
  @Test
  void threeWithTheReasonWhenTheLoopbackInterfaceIsDown() throws Exception {
    String[] alone = {"unshare", "-n"};
    assumeTrue(
        new ProcessBuilder("unshare", "-n", "true").start().waitFor() == 0,
        "this user may not make a network namespace");
    try (JarProcess client = JarProcess.of(ClientJar.PATH).through(alone).start(target)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(3);
      assertThat(client.err())
          .contains("this machine's loopback interface is down; to bring it up: ip link set lo up");
    }
  }

  @Test
  void twoWhenThereAreTooFewDescriptors() {
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("prlimit", "--nofile=256:256")
            .start(target, "-c", "256")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err())
          .startsWith("echo-client: connections: 256 (expected: at most ")
          .contains("since this process may open 256 files", "ulimit -n ");
    }
  }

  @Test
  void zeroWithAsManyConnectionsAsThereAreDescriptorsFor() {
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("prlimit", "--nofile=256:256")
            .start(target, "-c", "180")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }

  @Test
  void threeWhenNobodyListens() {
    String port = Integer.toString(PeerProcess.freePort());
    try (JarProcess client = JarProcess.start(ClientJar.PATH, "127.0.0.1", port)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(3);
      assertThat(client.err())
          .startsWith("cannot connect to tcp://127.0.0.1:" + port + ": refused");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"silent", "close 50"})
  void fourWhenAnEchoIsMissing(String kind) {
    try (PeerProcess peer = PeerProcess.python(kind);
        JarProcess client = start(peer, "--timeout", "1s")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void signalWhenInterrupted(String signal, int status) {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, target, "-f", "-", "--lines")) {
      type(client, "first\n");
      client.awaitErr("ok 6 B in ");

      client.signal(signal);

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(status);
      assertThat(client.err()).contains("1 message over 1 connection").contains("interrupted");
    }
  }

  @Test
  void signalAlsoWhileWaitingForAServer() {
    String port = Integer.toString(PeerProcess.freePort());
    try (JarProcess client = JarProcess.start(ClientJar.PATH, "127.0.0.1", port, "--wait", "1m")) {
      client.awaitErr("waiting up to 1 min");

      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(130);
    }
  }

  @Test
  void wrongEchoSeenBeforeWinsOverTheSignal() {
    try (PeerProcess peer = PeerProcess.python("turns 50");
        JarProcess client = start(peer, "2", "--timeout", "1m", "--json")) {
      client.awaitErr("wrong: message 1");

      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(1);
      assertThat(client.out()).contains("\"verdict\":\"wrong\",\"exitStatus\":1}}");
    }
  }

  /** Whichever of the two it is: the other one is silent, and so is whoever types. */
  @Test
  void tellsAWrongEchoAtOnce() {
    try (PeerProcess peer = PeerProcess.python("turns 2");
        JarProcess client = start(peer, "2", "--timeout", "1m", "--mode", "stream", "-f", "-")) {
      type(client, "first");

      client.awaitErr("wrong: message 1");
    }
  }

  @Test
  void waitsUntilTheServerIsThere() {
    int port = PeerProcess.freePort();
    try (JarProcess client =
        JarProcess.start(ClientJar.PATH, "127.0.0.1", Integer.toString(port), "--wait", "1m")) {
      client.awaitErr("waiting up to 1 min");
      EchoServer late = serverOn(port);

      assertThat(client.exitStatus()).as(client.toString()).isZero();

      late.close().toCompletableFuture().join();
    }
  }

  private static EchoServer serverOn(int port) {
    return EchoServer.builder()
        .listen(TcpEndpoint.of("127.0.0.1", port))
        .start()
        .toCompletableFuture()
        .join();
  }

  private static JarProcess start(PeerProcess peer, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "127.0.0.1:" + peer.port();
    System.arraycopy(words, 0, all, 1, words.length);
    return JarProcess.start(ClientJar.PATH, all);
  }

  private static void type(JarProcess client, String text) {
    try {
      client.in().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      client.in().flush();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
