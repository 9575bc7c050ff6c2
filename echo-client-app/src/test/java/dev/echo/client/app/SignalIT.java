package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.Eventually;
import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What signals do to commands that are connecting or under way. */
@Timeout(180)
class SignalIT {
  private static EchoServer server;
  private static String target;

  @TempDir private Path folder;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send",
        "send -c 3",
        "whoami",
        "ping",
        "bench -r 100",
        "bench -r max -c 2",
        "bench --repeat 3",
        "bench --find-max p99<1s"
      })
  void endsACommandThatWaitsForAHandshake(String words) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        JarProcess client =
            JarProcess.start(
                ClientJar.PATH,
                (words + " --connect-timeout 1h ws://127.0.0.1:" + silent.getLocalPort())
                    .split(" "));
        Socket reached = silent.accept()) {
      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(130);
      assertThat(reached.isConnected()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench -d 1h -o PIPE",
        "bench -d 1h --json -o a.json --html PIPE",
        "bench -d 1h --hgrm PIPE",
        "bench -d 1h --hlog PIPE",
        "bench -d 1h -f PIPE",
        "bench -d 1h --baseline PIPE",
        "report PIPE",
        "send -f PIPE",
        "send --lines -f PIPE",
        "send --tls-ca PIPE tls://127.0.0.1:1"
      })
  void endsACommandThatWaitsForTheOtherEndOfAPipe(String words) throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    boolean isComplete = words.startsWith("report") || words.contains("tls://");
    String at = isComplete ? "" : " " + target;
    String[] args =
        (words + at)
            .replace("PIPE", pipe.toString())
            .replace("a.json", folder.resolve("a.json").toString())
            .split(" ");
    try (JarProcess client = JarProcess.of(ClientJar.PATH).jvm("-Xlog:class+load").start(args)) {
      client.awaitOut("dev.echo.client.app.Interruption ");
      Eventually.eventually("opens the pipe", () -> hasStack(client, "UnixNativeDispatcher.open"));

      client.signal("TERM");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(143);
      assertThat(folder.toFile().list()).containsExactly("pipe");
    }
  }

  /** By the dump of its threads that a virtual machine writes to standard output. */
  private static boolean hasStack(JarProcess client, String method) {
    client.signal("QUIT");
    return client.out().contains(method);
  }

  @ParameterizedTest
  @CsvSource({"ping -i 50ms, connected to, so far: , 0", "bench -d 1h, wrong 0, %, 130"})
  void saysHowFarItIsAndGoesOn(String words, String begun, String said, int status) {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, (words + " " + target).split(" "))) {
      client.awaitErr(begun);

      client.signal("USR1");
      client.awaitErr(said);

      client.signal("INT");
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(status);
    }
  }

  @Test
  void saysHowManyMessagesCameBackSoFar() throws IOException {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, target, "-f", "-", "--lines")) {
      client.in().write("one\n".getBytes(StandardCharsets.UTF_8));
      client.in().flush();
      client.awaitOut("one\n");
      client.awaitErr("ok 4 B");

      client.signal("USR1");
      client.awaitErr("so far: 1 sent, 1 came back");

      client.in().close();
      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }

  @Test
  void keepsWhatWasMeasuredWhenItsTerminalIsClosed() throws IOException {
    Path file = Files.writeString(folder.resolve("r.jsonl"), "earlier");
    try (JarProcess client =
        JarProcess.start(
            ClientJar.PATH,
            ("bench -d 1h --warmup 0s -I 100ms --json -o " + file + " " + target).split(" "))) {
      client.awaitErr("wrong 0");

      client.signal("HUP");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(143);
      assertThat(file).content().contains("\"ending\":\"interrupted\"");
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }
}
