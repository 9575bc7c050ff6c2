package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echo.endpoint.TcpEndpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar in pipes, on a terminal, in little memory and on another Java. */
@Timeout(180)
class ClientJarIT {
  private static final Duration LONG = Duration.ofMinutes(2);

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
  @CsvSource({"frames, 2", "stream, 1"})
  void streamsALargeFileThroughASmallHeap(String mode, String connections) throws IOException {
    Path file = folder.resolve("large");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(300 << 20);
      sparse.seek(200 << 20);
      sparse.writeBytes("in the middle");
    }
    String[] words = {target, connections, "-f", file.toString(), "--mode", mode};
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("bash", "-c", "set -o pipefail; \"$@\" | cmp - " + file, "bash")
            .jvm("-Xmx64m")
            .start(words)) {
      assertThat(client.exitStatus(LONG)).as(client.toString()).isZero();
      assertThat(client.out()).isEmpty();
    }
  }

  @Test
  void streamsStandardInputThroughASmallHeap() {
    String script = "head -c 100M /dev/zero | \"$@\" | wc -c";
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .through("bash", "-c", script, "bash")
            .jvm("-Xmx64m")
            .start(target, "3", "-f", "-")) {
      assertThat(client.exitStatus(LONG)).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo((100 << 20) + "\n");
    }
  }

  @Test
  void verifiesTheRestQuietlyWhenNobodyReadsItsOutput() {
    String script = "\"$@\" | head -c 5; exit ${PIPESTATUS[0]}";
    try (JarProcess client = ClientJar.shell(script, target, "-m", "Hello", "-n", "20000")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("Hello");
      assertThat(client.err().lines()).hasSize(1);
      assertThat(client.err()).startsWith("20000 messages over 1 connection: all came back");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-m x", "-m x --json"})
  void saysThatItsOutputCannotBeWritten(String words) {
    try (JarProcess client = ClientJar.shell("\"$@\" " + words + " > /dev/full", target)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
    }
  }

  @Test
  void readsAPipeWithAName() {
    String script = "\"$@\" -f <(printf 'one '; printf two)";
    try (JarProcess client = ClientJar.shell(script, target)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("one two");
    }
  }

  @Test
  void returnsALineBeforeTheNextOneIsTyped() throws IOException {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, target, "-f", "-", "--lines")) {
      for (String line : new String[] {"one\n", "two\n"}) {
        client.in().write(line.getBytes(StandardCharsets.UTF_8));
        client.in().flush();
        client.awaitOut(line);
      }
      client.in().close();

      assertThat(client.exitStatus()).as(client.toString()).isZero();
    }
  }

  @Test
  void endsWhenTheServerLeavesWhileSomebodyTypes() throws IOException {
    try (PeerProcess peer = PeerProcess.python("echo");
        JarProcess client =
            JarProcess.start(ClientJar.PATH, "127.0.0.1:" + peer.port(), "-f", "-", "--lines")) {
      client.in().write("one\n".getBytes(StandardCharsets.UTF_8));
      client.in().flush();
      client.awaitOut("one\n");

      peer.end();

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
    }
  }

  @Test
  void showsRepliesAsLinesOnATerminal() {
    try (JarProcess client =
        terminal("-m 'Hello, world' --hex 1b5b41 --empty " + target + " 2", "xterm")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out())
          .contains(
              "[2] Hello, world\r\n", "[1] \\x1b[A\r\n", "[1] (empty)\r\n", "[2] ok 12 B in ");
    }
  }

  @ParameterizedTest
  @CsvSource({"xterm, true", "dumb, false"})
  void drawsProgressOnlyOnATerminalThatCan(String kind, boolean drawn) {
    try (PeerProcess peer = PeerProcess.python("silent");
        JarProcess client = terminal("--random 64MB --timeout 3s 127.0.0.1:" + peer.port(), kind)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
      assertThat(client.out().contains("of 64 MB")).as(client.toString()).isEqualTo(drawn);
      assertThat(client.out().contains("\033[")).isEqualTo(drawn);
    }
  }

  @Test
  void keepsEveryLetterInALocaleWithoutUtf8() {
    String script = "m=$'\\xc3\\xbc'; LC_ALL=POSIX \"$@\" -m \"$m\" | od -An -tx1";
    try (JarProcess client = ClientJar.shell(script, target)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo(" c3 bc\n");
    }
  }

  @Test
  void runsOnALaterJavaWithoutWarnings() {
    assumeThat(JarProcess.java25()).isDirectory();
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH).javaHome(JarProcess.java25()).start("demo")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).isEmpty();
      assertThat(client.out()).contains("12 of 12 messages");
    }
  }

  @Test
  void leavesNothingOfTheDemoBehind() throws IOException {
    try (JarProcess client = unixDemo(folder)) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).contains("unix://" + folder + "/echo-demo");
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith("echo-demo"));
      }
    }
  }

  @Test
  void saysThatTheDemoHasNoPlaceForItsSocket() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (JarProcess client = unixDemo(file)) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.err()).contains("echo-client: no folder can be made for the Unix socket: ");
    }
  }

  private static JarProcess unixDemo(Path temporary) {
    return JarProcess.of(ClientJar.PATH).jvm("-Djava.io.tmpdir=" + temporary).start("demo", "unix");
  }

  @Test
  void hasNoLeaks() {
    try (JarProcess client =
        JarProcess.of(ClientJar.PATH)
            .jvm("-Dorg.slf4j.simpleLogger.log.io.netty.util.ResourceLeakDetector=error")
            .start(target, "2", "--random", "3MB", "--empty", "-n", "50", "--print", "none")) {
      assertThat(client.exitStatus(LONG)).as(client.toString()).isZero();
      assertThat(client.err()).doesNotContain("LEAK");
    }
  }

  /** A terminal of its own: both streams are it, and what it shows is on standard output. */
  private static JarProcess terminal(String words, String kind) {
    String script =
        PeerProgram.SCRIPT.path() + " -qec \"$* " + words.replace("'", "\\\"") + "\" /dev/null";
    return JarProcess.of(ClientJar.PATH)
        .through("bash", "-c", script + " < /dev/null", "bash")
        .environment("TERM", kind)
        .start();
  }
}
