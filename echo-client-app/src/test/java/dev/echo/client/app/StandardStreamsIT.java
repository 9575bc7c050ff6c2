package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The streams of the process when they are full, closed, left by their reader, or non-blocking. */
@Timeout(180)
class StandardStreamsIT {
  /** Runs the rest of its words with non-blocking streams. */
  private static final String NON_BLOCKING =
      """
      import fcntl, os, sys
      for fd in (0, 1, 2):
          flags = fcntl.fcntl(fd, fcntl.F_GETFL)
          fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_NONBLOCK)
      os.execvp(sys.argv[1], sys.argv[1:])
      """;

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
        "send -m x",
        "send -m x --json -q",
        "ping -n 1",
        "ping -n 1 -q",
        "ping -n 1 --json",
        "bench -r 100 -d 300ms --warmup 0s -q",
        "bench -r 100 -d 300ms --warmup 0s -q --json",
        "whoami",
        "--help",
        "bench --help",
        "--version"
      })
  void saysThatStandardOutputIsFull(String words) {
    String whole = words.startsWith("-") || words.contains("--help") ? words : words + " " + target;
    try (JarProcess client = ClientJar.shell("\"$@\" " + whole + " > /dev/full")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err().lines())
          .filteredOn(line -> line.startsWith("cannot write standard output: "))
          .as(client.toString())
          .hasSize(1);
    }
  }

  @Test
  void saysThatStandardOutputIsClosed() {
    try (JarProcess client = ClientJar.shell("\"$@\" -m x >&-", target)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err()).contains("cannot write standard output: it is closed");
    }
  }

  /** Java opens a file of its own in its place, which must not be sent. */
  @Test
  void saysThatStandardInputIsClosed() {
    try (JarProcess client = ClientJar.shell("\"$@\" -f - <&-", target)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err()).contains("cannot read standard input: it is closed");
      assertThat(client.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ping -i 10ms", "send -n 1000000000 --json"})
  void saysThatItsReaderHasGone(String words) {
    String script = "\"$@\" " + words + " " + target + " | head -n 1; exit ${PIPESTATUS[0]}";
    try (JarProcess client = ClientJar.shell(script)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err())
          .containsOnlyOnce("cannot write standard output: nobody reads it any more\n");
    }
  }

  @Test
  void verifiesDatagramsWhoseReaderHasGone() {
    EchoServer udp =
        EchoServer.builder()
            .listen(UdpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
    String script = "\"$@\" -m Hello -n 300 | head -c 5; exit ${PIPESTATUS[0]}";
    try (JarProcess client = ClientJar.shell(script, udp.endpoints().get(0).toString())) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("Hello");
      assertThat(client.err()).contains("300 messages over 1 connection: all came back");
    } finally {
      udp.close().toCompletableFuture().join();
    }
  }

  @Test
  void waitsForRoomInANonBlockingOutput() throws IOException {
    Path file = folder.resolve("data");
    byte[] data = new byte[1 << 20];
    new SplittableRandom(7).nextBytes(data);
    Files.write(file, data);
    String script =
        "set -o pipefail; "
            + PeerProgram.PYTHON.path()
            + " -c '"
            + NON_BLOCKING
            + "' \"$@\" -f "
            + file
            + " < /dev/null | dd bs=512 status=none | cmp - "
            + file;
    try (JarProcess client = ClientJar.shell(script, target)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }

  @Test
  void waitsForANonBlockingInput() throws IOException {
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("python3", "-c", NON_BLOCKING)
            .start(target, "-f", "-", "--lines")) {
      OutputStream in = client.in();
      for (String line : new String[] {"one\n", "two\n"}) {
        in.write(line.getBytes(StandardCharsets.UTF_8));
        in.flush();
        client.awaitOut(line);
      }
      in.close();

      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }
}
