package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar against echoes that other people wrote. */
@Timeout(120)
class ForeignEchoIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "python, frames",
    "python, stream",
    "socat, frames",
    "socat, stream",
    "ncat, frames",
    "ncat, stream",
    "xinetd, frames",
    "xinetd, stream",
  })
  void everythingComesBackOverThreeConnections(String kind, String mode) {
    try (PeerProcess peer = peer(kind);
        JarProcess client =
            JarProcess.start(
                ClientJar.PATH,
                ("127.0.0.1 "
                        + peer.port()
                        + " 3 --mode "
                        + mode
                        + " --empty -m Hello --empty"
                        + " --hex fe00ff --random 3MiB --empty -n 2 --print none")
                    .split(" "))) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).contains("12 messages over 3 connections: all 36 came back");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void plainServerForOneClientReturnsEverything(String mode) {
    try (PeerProcess peer = PeerProcess.plainPython();
        JarProcess client =
            JarProcess.start(
                ClientJar.PATH,
                ("127.0.0.1 " + peer.port() + " 1 --mode " + mode + " -m Hello --empty -m world")
                    .split(" "))) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out()).isEqualTo("Helloworld");
      assertThat(client.err()).contains("3 messages over 1 connection: all came back, verified");
    }
  }

  @Test
  void manyConnectionsToASelectLoop() {
    try (PeerProcess peer = PeerProcess.python("echo");
        JarProcess client =
            JarProcess.start(
                ClientJar.PATH, "127.0.0.1", Integer.toString(peer.port()), "300", "-n", "3")) {
      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.err()).contains("3 messages over 300 connections: all 900 came back");
    }
  }

  private PeerProcess peer(String kind) {
    return switch (kind) {
      case "python" -> PeerProcess.python("echo");
      case "socat" -> PeerProcess.socat();
      case "ncat" -> PeerProcess.ncat();
      default -> PeerProcess.xinetd(folder);
    };
  }
}
