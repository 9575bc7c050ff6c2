package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.JarProcess;
import dev.echo.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar pings until it is interrupted, and ends by its verdict. */
@Timeout(120)
class PingIT {
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void endsWithZeroOnASignalIfEverythingCameBack(String signal) {
    try (PeerProcess peer = PeerProcess.socat();
        JarProcess client = ping(peer, "-i", "100ms")) {
      client.awaitOut("seq=3 time=");

      client.signal(signal);

      assertThat(client.exitStatus()).as(client.toString()).isZero();
      assertThat(client.out())
          .contains(" echoed, 0 missing, 0 wrong\n")
          .endsWith("ok: every byte came back as it was sent\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"silent, missing: , 4", "flip 60, wrong: , 1"})
  void endsWithWhatWentWrongOnASignal(String kind, String line, int status) {
    try (PeerProcess peer = PeerProcess.python(kind);
        JarProcess client = ping(peer, "-i", "100ms", "--timeout", "300ms")) {
      client.awaitOut(line);

      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(status);
    }
  }

  /** As timeout(1) does, which signals the process and then its group. */
  @Test
  void takesTwoSignalsAtOnceForOne() throws Exception {
    try (PeerProcess peer = PeerProcess.python("silent");
        JarProcess client = ping(peer)) {
      client.awaitErr("connected to");
      String twice = "kill -TERM %1$d; kill -INT %1$d".formatted(client.pid());

      PeerProgram.BASH.command("-c", twice).start().waitFor();

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
      assertThat(client.out()).endsWith("incomplete: pings are missing\n");
    }
  }

  @Test
  void findsTheServerAgain() {
    try (PeerProcess peer = PeerProcess.python("close 200");
        JarProcess client = ping(peer, "-i", "50ms")) {
      client.awaitErr("connected again");

      client.signal("INT");

      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(4);
      assertThat(client.out())
          .containsPattern("incomplete: pings are missing; [0-9]+ reconnects?\\n$");
    }
  }

  @Test
  void endsWhenNobodyReadsItsOutput() {
    try (PeerProcess peer = PeerProcess.socat();
        JarProcess client =
            ClientJar.shell(
                "\"$@\" | head -n 1; exit ${PIPESTATUS[0]}",
                "ping",
                "127.0.0.1:" + peer.port(),
                "-i",
                "20ms")) {
      assertThat(client.exitStatus()).as(client.toString()).isEqualTo(2);
      assertThat(client.out()).contains("seq=1 time=");
      assertThat(client.err()).endsWith("cannot write standard output: nobody reads it any more\n");
    }
  }

  private static JarProcess ping(PeerProcess peer, String... words) {
    String[] all = new String[words.length + 2];
    all[0] = "ping";
    all[1] = "127.0.0.1:" + peer.port();
    System.arraycopy(words, 0, all, 2, words.length);
    return JarProcess.start(ClientJar.PATH, all);
  }
}
