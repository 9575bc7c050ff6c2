package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.echo.testing.JarProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServerStartIT {
  /** The second line is there on systems that give a smaller receive buffer than the default. */
  private static final String LIMIT_LINES =
      "up to [0-9,]+ connections \\([^\n]*\\)\n(receive buffer: [^\n]*\n)?";

  @Test
  void listensOnLoopbackPort65432ByDefault() {
    try (JarProcess server = JarProcess.start(ServerJar.PATH)) {
      boolean free = endsOrListens(server);

      assertThat(free ? server.out() : server.err()).contains(" tcp://127.0.0.1:65432");
    }
  }

  /** Another program of this machine may have the port; then the message names it. */
  private static boolean endsOrListens(JarProcess server) {
    try {
      server.awaitPort();
      return true;
    } catch (AssertionError e) {
      assertThat(server.exitStatus()).isEqualTo(2);
      return false;
    }
  }

  @Test
  void saysWhereEachListenerIsOnStandardOutputAlone() throws Exception {
    try (JarProcess server =
        JarProcess.start(
            ServerJar.PATH, "--listen", "tcp://0.0.0.0:0", "--listen", "tcp://[::1]:0")) {
      server.awaitOut("tcp://[::1]:");
      int port = server.awaitPort();

      assertThat(ServerJar.echo(port, "Hello, world")).isEqualTo("Hello, world");

      server.signal("TERM");
      assertThat(server.exitStatus()).isZero();
      assertThat(server.out())
          .matches("LISTENING tcp://0\\.0\\.0\\.0:\\d+\nLISTENING tcp://\\[::1\\]:\\d+\n");
    }
  }

  @Test
  void servesAlthoughItsStandardOutputIsFull() {
    try (JarProcess server = intoFull("127.0.0.1", "0")) {
      server.awaitErr("cannot write standard output: ");

      server.signal("TERM");
      assertThat(server.exitStatus()).as(server.toString()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void saysThatWhatItWasAskedForCannotBeWritten(String option) {
    try (JarProcess server = intoFull(option)) {
      assertThat(server.exitStatus()).as(server.toString()).isEqualTo(2);
      assertThat(server.err()).contains("cannot write standard output: ");
    }
  }

  private static JarProcess intoFull(String... words) {
    return JarProcess.of(ServerJar.PATH)
        .through("bash", "-c", "exec \"$@\" > /dev/full", "bash")
        .start(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void saysInOneLineThatPortIsInUse(String transport) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        JarProcess server =
            JarProcess.start(
                ServerJar.PATH,
                "127.0.0.1",
                Integer.toString(taken.getLocalPort()),
                "--transport",
                transport)) {
      int status = server.exitStatus();

      assertThat(status).isEqualTo(2);
      assertThat(server.out()).isEmpty();
      assumeThat(server.err()).doesNotContain("is not available here");
      assertThat(server.err())
          .startsWith(
              "echo-server: cannot listen on tcp://127.0.0.1:"
                  + taken.getLocalPort()
                  + ": address already in use (")
          .satisfies(err -> assertThat(err.lines()).hasSize(1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--moed, did you mean --mode?",
    "--idle-timeout=10, (10s?)",
    "192.0.2.1, not an address of this machine",
    "--max-connections=1000000000, more than the",
  })
  void endsWithStatus2AndOneLine(String word, String message) {
    try (JarProcess server = JarProcess.start(ServerJar.PATH, word)) {
      int status = server.exitStatus();

      assertThat(status).isEqualTo(2);
      assertThat(server.out()).isEmpty();
      assertThat(server.err()).startsWith("echo-server: ").contains(message);
      assertThat(server.err().lines()).hasSize(1);
    }
  }

  @Test
  void versionNamesCommitNettyJavaAndTransport() {
    try (JarProcess server = JarProcess.start(ServerJar.PATH, "--version")) {
      int status = server.exitStatus();

      assertThat(status).isZero();
      assertThat(server.err()).isEmpty();
      assertThat(server.out())
          .matches(
              """
              echo-server \\S+ \\(commit ([0-9a-f]{7,}|unknown)\\)
              Netty 4\\.2\\.\\d+\\.Final
              Java .+
              transport \\w+ \\(.+\\)
              """);
    }
  }

  @Test
  void helpFits80Columns() {
    try (JarProcess server = JarProcess.start(ServerJar.PATH, "--help")) {
      int status = server.exitStatus();

      assertThat(status).isZero();
      assertThat(server.err()).isEmpty();
      assertThat(server.out().lines()).hasSizeGreaterThan(20).allMatch(it -> it.length() <= 80);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void warnsOfNothing(String transport) throws Exception {
    try (JarProcess server = ServerJar.start("--transport", transport)) {
      servesWithoutWarning(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nio", "epoll", "io_uring"})
  void warnsOfNothingOnJava25(String transport) throws Exception {
    assumeThat(JarProcess.java25()).isDirectory();
    JarProcess.Builder builder = JarProcess.of(ServerJar.PATH).javaHome(JarProcess.java25());
    try (JarProcess server = ServerJar.start(builder, "--transport", transport)) {
      servesWithoutWarning(server);
    }
  }

  private static void servesWithoutWarning(JarProcess server) throws Exception {
    try {
      server.awaitPort();
    } catch (AssertionError e) {
      assumeThat(server.err()).doesNotContain("is not available here");
      throw e;
    }
    assertThat(ServerJar.echo(server.awaitPort(), "Hello, world")).isEqualTo("Hello, world");
    assertThat(ServerJar.echo(server.awaitPort(), "")).isEmpty();

    server.signal("TERM");

    assertThat(server.exitStatus()).isZero();
    assertThat(server.err()).matches("(?s)" + LIMIT_LINES + "(draining .*)?");
  }

  @Test
  void quietSaysNothing() throws Exception {
    try (JarProcess server = ServerJar.start("-q")) {
      assertThat(ServerJar.echo(server.awaitPort(), "Hello, world")).isEqualTo("Hello, world");

      server.signal("INT");

      assertThat(server.exitStatus()).isZero();
      assertThat(server.err()).isEmpty();
    }
  }

  @Test
  void verboseShowsConnectionsWithNothingOfPeerUnescaped() throws Exception {
    try (JarProcess server = ServerJar.start("-v", "--mode", "stream")) {
      String hostile = "\u001b]0;owned\u0007\u001b[2J\r\n\u202eabc\u009b31m";

      assertThat(ServerJar.echo(server.awaitPort(), hostile)).isEqualTo(hostile);
      server.awaitErr("#1 closed, 27 B received, 27 B echoed");
      server.signal("TERM");

      assertThat(server.exitStatus()).isZero();
      assertThat(server.err())
          .containsPattern("#1 connected from 127\\.0\\.0\\.1:[0-9]+\n")
          .contains("#1 \\x1b]0;owned\\x07\\x1b[2J\\r\\n\\u202eabc\\u009b31m\n")
          .doesNotContain("LEAK")
          .matches(err -> err.chars().allMatch(ServerStartIT::isHarmless), "harmless");
    }
  }

  private static boolean isHarmless(int character) {
    return character == '\n'
        || (!Character.isISOControl(character) && Character.getType(character) != Character.FORMAT);
  }
}
