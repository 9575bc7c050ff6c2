package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar over UDP and Unix sockets, against the clients that other people wrote. */
@Timeout(120)
class DatagramAndUnixPeersIT {
  private static final long SEED = 65432;
  private static final int SECONDS = 30;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"socat -t5 - UDP:127.0.0.1:%d", "ncat -u 127.0.0.1 %d"})
  void returnsEachDatagram(String command) throws Exception {
    try (JarProcess server = JarProcess.start(ServerJar.PATH, "--listen", "udp://127.0.0.1:0")) {
      Process peer = start(command.formatted(server.awaitPort()));
      try (OutputStream in = peer.getOutputStream()) {
        for (String line : new String[] {"first\n", "zweite ä漢🎈\n"}) {
          byte[] sent = line.getBytes(StandardCharsets.UTF_8);
          in.write(sent);
          in.flush();

          assertThat(peer.getInputStream().readNBytes(sent.length)).isEqualTo(sent);
        }
      } finally {
        peer.destroy();
      }
    }
  }

  @Test
  void returnsAWholeFileOverAUnixSocketBehindTheEndOfInput() throws Exception {
    Path socket = folder.resolve("echo.sock");
    try (JarProcess server = JarProcess.start(ServerJar.PATH, "--listen", "unix://" + socket)) {
      server.awaitOut("LISTENING");
      byte[] data = new byte[3_000_000];
      new Random(SEED).nextBytes(data);
      Path sent = Files.write(folder.resolve("sent"), data);
      Path echo = folder.resolve("echo");

      Process peer =
          PeerProgram.SOCAT
              .command("-t20", "-", "UNIX-CONNECT:" + socket)
              .redirectInput(sent.toFile())
              .redirectOutput(echo.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();

      assertThat(peer.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readAllBytes(echo)).as("seed %s", SEED).isEqualTo(data);
      server.signal("TERM");
      server.exitStatus();
      assertThat(socket).doesNotExist();
    }
  }

  private static Process start(String command) throws Exception {
    String[] words = command.split(" ");
    words[0] = PeerProgram.pathOf(words[0]);
    return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
