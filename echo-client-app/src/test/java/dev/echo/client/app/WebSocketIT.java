package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.Endpoint;
import dev.echo.server.EchoServer;
import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar over WebSocket: to our own server, and to one that other people wrote. */
@Timeout(120)
class WebSocketIT {
  private EchoServer server;
  private String url;

  @BeforeEach
  void start() throws Exception {
    server =
        EchoServer.builder()
            .listen(Endpoint.parse("ws://127.0.0.1:0"))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    url = server.endpoints().get(0).toString();
  }

  @AfterEach
  void end() throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void sendsToOurServer(String mode) {
    assertEverythingComesBack(url, mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void sendsToAServerOfPythons(String mode) {
    try (PeerProcess peer = PeerProcess.webSocket()) {
      assertEverythingComesBack("ws://127.0.0.1:" + peer.port(), mode);
    }
  }

  private static void assertEverythingComesBack(String to, String mode) {
    String words =
        to + " 3 --mode " + mode + " -m Hello --empty --hex fe00ff --random 3MiB --print none";
    try (JarProcess client = JarProcess.start(ClientJar.PATH, words.split(" "))) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).contains("4 messages over 3 connections: all 12 came back");
    }
  }

  @Test
  void pings() {
    String words = "ping " + url + " -n 3 -i 50ms";
    try (JarProcess client = JarProcess.start(ClientJar.PATH, words.split(" "))) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).contains("seq=3 time=").contains("(residence ");
    }
  }

  @Test
  void measures() {
    String words = "bench " + url + " -c 2 -d 1s --warmup 0s -s 100 --json";
    try (JarProcess client = JarProcess.start(ClientJar.PATH, words.split(" "))) {
      // This machine may be late; what came back is to be whole.
      assertThat(client.exitStatus()).as(client.toString()).isIn(0, 6);
      assertThat(client.out()).contains("\"wrong\":0").contains("\"missing\":0");
    }
  }

  @Test
  void namesWhatAnswersSomethingElse() {
    try (JarProcess client = JarProcess.start(ClientJar.PATH, url + "/elsewhere")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(3);
      assertThat(client.err()).contains("no WebSocket").contains("answered HTTP/1.1 404 Not Found");
    }
  }

  @Test
  void ourServerTakesAClientOfPythons() throws Exception {
    Path script =
        Path.of(Objects.requireNonNull(getClass().getResource("/websocket_client.py")).toURI());
    Process client =
        PeerProgram.WEBSOCKETS.command(script.toString(), url).redirectErrorStream(true).start();
    try {
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(said).isEqualTo("ok\n");
    } finally {
      client.destroyForcibly();
    }
  }
}
