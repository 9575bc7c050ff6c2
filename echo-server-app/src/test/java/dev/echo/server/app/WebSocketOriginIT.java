package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pages the jar lets in. */
@Timeout(60)
class WebSocketOriginIT {
  @Test
  void letsInThePagesThatAreNamed() throws IOException {
    String[] words = {
      "--listen", "ws://127.0.0.1:0", "--allow-origin", "https://a.example", "--allow-origin=null"
    };
    try (JarProcess server = JarProcess.start(ServerJar.PATH, words)) {
      int port = server.awaitPort();

      assertThat(answer(port, "http://127.0.0.1:" + port)).startsWith("HTTP/1.1 101 ");
      assertThat(answer(port, "https://a.example")).startsWith("HTTP/1.1 101 ");
      assertThat(answer(port, "null")).startsWith("HTTP/1.1 101 ");
      assertThat(answer(port, "https://a.example:8443"))
          .startsWith("HTTP/1.1 403 ")
          .contains("--allow-origin");
    }
  }

  @Test
  void letsInEveryPageIfToldSo() throws IOException {
    try (JarProcess server =
        JarProcess.start(ServerJar.PATH, "--listen", "ws://127.0.0.1:0", "--allow-origin", "*")) {
      assertThat(answer(server.awaitPort(), "https://b.example")).startsWith("HTTP/1.1 101 ");
    }
  }

  @Test
  void refusesWhatIsNoOrigin() {
    try (JarProcess server =
        JarProcess.start(
            ServerJar.PATH, "--listen", "ws://127.0.0.1:0", "--allow-origin", "a.example")) {
      assertThat(server.exitStatus()).isEqualTo(2);
      assertThat(server.err())
          .contains("--allow-origin: ", "'a.example'", "expected: SCHEME://HOST[:PORT]");
    }
  }

  /** The answer's head, and more of it if the connection ends behind it. */
  private static String answer(int port, String origin) throws IOException {
    String ask =
        "GET / HTTP/1.1\nHost: 127.0.0.1:"
            + port
            + "\nOrigin: "
            + origin
            + "\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Version: 13"
            + "\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
    try (Socket socket = ServerJar.connect(port)) {
      socket.getOutputStream().write(ask.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      // FIN right behind it: a WebSocket is then closed at once, so there is an end to read to.
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
