package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ServerSignalIT {
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void endsWithStatus0WhenNobodyIsConnected(String signal) {
    try (JarProcess server = ServerJar.start()) {
      server.awaitPort();

      server.signal(signal);

      assertThat(server.exitStatus(Duration.ofSeconds(10))).isZero();
      assertThat(server.err()).doesNotContain("draining");
    }
  }

  @Test
  void saysHowManyConnectionsAreOpenAndServesOn() throws Exception {
    try (JarProcess server = ServerJar.start();
        Socket socket = ServerJar.connect(server.awaitPort())) {
      assertThat(ServerJar.echo(socket, "one")).isEqualTo("one");

      server.signal("USR1");
      server.awaitErr("1 connection open\n");

      assertThat(ServerJar.echo(socket, "two")).isEqualTo("two");
    }
  }

  /** As a build does while the server runs; then no class can be loaded any more. */
  @Test
  void endsThoughItsJarWasReplaced(@TempDir Path folder) throws Exception {
    Path jar = Files.copy(ServerJar.PATH, folder.resolve("echo-server.jar"));
    try (JarProcess server = ServerJar.start(JarProcess.of(jar))) {
      server.awaitPort();
      Files.write(jar, new byte[(int) Files.size(jar)]);

      server.signal("INT");

      assertThat(server.exitStatus(Duration.ofSeconds(20))).as(server.toString()).isEqualTo(2);
      assertThat(server.err()).contains("(was the jar replaced meanwhile?)");
    }
  }

  @Test
  void finishesIdleConnectionAndEnds() throws Exception {
    try (JarProcess server = ServerJar.start();
        Socket socket = ServerJar.connect(server.awaitPort())) {
      assertThat(ServerJar.echo(socket, "Hello")).isEqualTo("Hello");

      server.signal("TERM");

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.shutdownOutput();
      assertThat(server.exitStatus(Duration.ofSeconds(10))).isZero();
      assertThat(server.err()).contains("draining 1 connection, up to 10 s; again to force\n");
    }
  }

  @Test
  void endsAtDrainTimeoutWhateverPeersDo() throws Exception {
    try (JarProcess server = ServerJar.start("--drain-timeout", "300ms");
        Socket socket = ServerJar.connect(server.awaitPort())) {
      assertThat(ServerJar.echo(socket, "Hello")).isEqualTo("Hello");

      server.signal("TERM");

      assertThat(server.exitStatus(Duration.ofSeconds(8))).isZero();
      assertThat(server.err()).contains("draining 1 connection, up to 300 ms; again to force\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void secondSignalEndsAtOnce(String second, int status) throws Exception {
    try (JarProcess server = ServerJar.start("--drain-timeout", "60s");
        Socket socket = ServerJar.connect(server.awaitPort())) {
      assertThat(ServerJar.echo(socket, "Hello")).isEqualTo("Hello");
      server.signal("TERM");
      server.awaitErr("again to force");

      server.signal(second);

      assertThat(server.exitStatus(Duration.ofSeconds(8))).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @EnumSource
  void losesNothingOf200StreamingConnections(StreamingCrowd.Kind kind) throws Exception {
    try (JarProcess server = ServerJar.start();
        StreamingCrowd crowd = new StreamingCrowd(kind, server.awaitPort(), 200)) {
      crowd.untilEchoed(64 * 1024, deadline());

      server.signal("TERM");
      crowd.untilEnded(deadline());

      assertThat(crowd.leastEchoed()).isGreaterThanOrEqualTo(64 * 1024);
      assertThat(server.exitStatus(Duration.ofSeconds(10))).isZero();
      assertThat(server.err())
          .contains("draining 200 connections, up to 10 s; again to force\n")
          .doesNotContain("LEAK")
          .doesNotContain("WARN");
    }
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
  }
}
