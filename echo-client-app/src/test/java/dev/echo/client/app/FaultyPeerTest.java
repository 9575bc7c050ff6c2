package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the launcher says of peers that do not return what they got. */
@Timeout(60)
class FaultyPeerTest {
  /** On the wire in front of the first payload: preface, header, stamp. */
  private static final int FRAMES_AHEAD = 8 + 8 + 32;

  @ParameterizedTest
  @CsvSource({
    "flip, frames, corrupt, 1000, 1, 'is corrupt: 1 bit in byte 1000'",
    "flip, stream, corrupt, 1000, 1, 'is corrupt: 1 bit in byte 1000'",
    "drop, frames, shifted, 1000, -1, 'is shifted: 1 byte missing at byte 1000'",
    "drop, stream, shifted, 1000, -1, 'is shifted: 1 byte missing at byte 1000'",
    // The byte before is another one in these data, so a repeated byte differs one later.
    "repeat, stream, shifted, 1001, 1, 'is shifted: 1 byte too many at byte 1001'",
  })
  void saysWhatBecameOfAWrongMessage(
      String fault, String mode, String verdict, long offset, long amount, String sentence) {
    int at = 1000 + (mode.equals("frames") ? FRAMES_AHEAD : 0);
    try (PeerProcess peer = PeerProcess.python(fault + " " + at)) {
      String[] words = {"--mode", mode, "--random", "5000", "--seed", "1"};
      Ran ran = send(peer, words);

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("wrong: message 1 " + sentence)
          .contains("sent       ")
          .contains("came back  ")
          .contains(String.format(Locale.ROOT, "0 of 1 came back (%,d of 5,000 bytes)", offset));

      List<JsonObject> json =
          send(
                  peer,
                  Stream.concat(Arrays.stream(words), Stream.of("--json")).toArray(String[]::new))
              .json();

      JsonObject summary = json.get(1).getAsJsonObject("summary");
      assertFinding(json.get(0), verdict, offset, amount);
      assertFinding(
          summary.getAsJsonArray("errors").get(0).getAsJsonObject(), verdict, offset, amount);
      assertThat(summary.get("wrong").getAsLong()).isEqualTo(1);
      assertThat(summary.get("surplus").getAsLong()).isZero();
    }
  }

  private static void assertFinding(JsonObject where, String verdict, long offset, long amount) {
    JsonObject finding = where.getAsJsonObject("finding");
    assertThat(finding).as("%s", where).isNotNull();
    assertThat(finding.get("verdict").getAsString()).isEqualTo(verdict);
    assertThat(finding.get("offset").getAsLong()).isEqualTo(offset);
    assertThat(finding.get("amount").getAsLong()).isEqualTo(amount);
  }

  /** Its header says so, too: whoever cut it knows of frames. */
  @Test
  void callsAFrameThatLostItsEndTruncated() {
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              byte[] all = socket.getInputStream().readNBytes(FRAMES_AHEAD + 12);
              all[11] = (byte) (all[11] - 3);
              socket.getOutputStream().write(all, 0, all.length - 3);
              ServingPeer.echo(socket);
            })) {
      Ran ran = Ran.of(peer.target(), "--json");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err()).contains("wrong: message 1 is truncated: its last 3 bytes are missing");
      assertFinding(ran.json().get(0), "truncated", 9, 3);
    }
  }

  /** What came again is no fault of the message that is still to come. */
  @Test
  void countsAnEchoThatCameAgain() {
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              byte[] all = socket.getInputStream().readNBytes(FRAMES_AHEAD + 12);
              socket.getOutputStream().write(all);
              socket.getOutputStream().write(all, 8, all.length - 8);
              ServingPeer.echo(socket);
            })) {
      Ran text = Ran.of(peer.target());
      Ran json = Ran.of(peer.target(), "--json");

      assertThat(text.status()).as(text.err()).isEqualTo(1);
      assertThat(text.err())
          .contains("wrong: message 1 is duplicated: it came back again")
          .contains("1 surplus: wrong");
      JsonObject summary = json.json().get(1).getAsJsonObject("summary");
      assertThat(summary.get("echoed").getAsLong()).isEqualTo(1);
      assertThat(summary.get("wrong").getAsLong()).isZero();
      assertThat(summary.get("surplus").getAsLong()).isEqualTo(1);
      assertFinding(summary.getAsJsonArray("errors").get(0).getAsJsonObject(), "duplicated", -1, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({"frames", "stream"})
  void seesAByteTooMany(String mode) {
    try (PeerProcess peer = PeerProcess.python("extra")) {
      Ran ran = send(peer, "-m", "x", "--mode", mode);

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("surplus: 1 byte more than was sent came back")
          .contains("|!|")
          .contains("1 surplus: wrong");
    }
  }

  @Test
  void countsWhatIsMissingWhenThePeerClosesEarly() {
    try (PeerProcess peer = PeerProcess.python("close 10")) {
      Ran ran = send(peer, "--mode", "stream", "-m", "12345678", "-m", "12345678", "-m", "x");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err()).contains("incomplete");
    }
  }

  @Test
  void givesUpWithoutProgress() {
    try (PeerProcess peer = PeerProcess.python("silent")) {
      Ran ran = send(peer, "--timeout", "300ms");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err())
          .containsPattern(
              "no progress for 300 ms, .+; 60 bytes sent, none came back"
                  + " \\(0 of 1 messages came back\\)");
    }
  }

  @Test
  void saysHowTheConnectionEndedAndHowFarItCame() {
    try (PeerProcess peer = PeerProcess.python("close 10")) {
      Ran text = send(peer, "--mode", "stream", "-m", "12345678", "-m", "12345678");
      Ran json = send(peer, "--mode", "stream", "-m", "12345678", "-m", "12345678", "--json");

      assertThat(text.err())
          .containsPattern("the peer (closed|reset) the connection .* sent, 10 came back");
      JsonObject summary = json.json().get(json.json().size() - 1).getAsJsonObject("summary");
      JsonObject error = summary.getAsJsonArray("errors").get(0).getAsJsonObject();
      assertThat(error.getAsJsonObject("end").get("by").getAsString()).isEqualTo("peer");
      assertThat(error.getAsJsonObject("end").get("bytesReceived").getAsLong()).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"frames, Hello", "stream, Hello", "stream, x", "frames, x"})
  void namesWhatAnswersAndIsNoEcho(String mode, String text) {
    try (PeerProcess peer = PeerProcess.python("greet")) {
      Ran ran = send(peer, "--mode", mode, "-m", text, "--timeout", "5s");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains(
              "is no echo: answered 220 mail\\r\\n (an SMTP or FTP server)\n  is the port right?");
    }
  }

  @Test
  void dropsAFailedConnectionAndGoesOnWithTheOthers() {
    try (PeerProcess peer = PeerProcess.python("turns 60")) {
      Ran ran =
          send(peer, "2", "--random", "5000", "-m", "next", "--timeout", "1s", "--print", "none");

      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("] wrong: message 1 is corrupt: 1 bit in byte 12")
          .contains("] no progress for 1 s");
    }
  }

  @Test
  void jsonTellsVerdictsAndWins() {
    try (PeerProcess peer = PeerProcess.python("turns 60")) {
      List<JsonObject> objects =
          send(peer, "2", "--random", "5000", "--timeout", "1s", "--json").json();

      assertThat(objects).hasSize(3);
      assertThat(objects.subList(0, 2))
          .extracting(each -> each.get("verdict").getAsString())
          .containsExactlyInAnyOrder("wrong", "incomplete");
      JsonObject summary = objects.get(2).getAsJsonObject("summary");
      assertThat(summary.get("sent").getAsLong()).isEqualTo(2);
      assertThat(summary.get("echoed").getAsLong()).isZero();
      assertThat(summary.get("verdict").getAsString()).isEqualTo("wrong");
      assertThat(summary.get("exitStatus").getAsInt()).isEqualTo(1);
    }
  }

  /** Time does not make a socket of a file. */
  @Test
  void advisesNobodyToWaitForAFileThatIsNoSocket(@TempDir Path directory) {
    Ran ran = Ran.of("unix://" + directory, "--wait", "50s");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err())
        .contains("the file there is no socket")
        .doesNotContain("--wait")
        .doesNotContain("waiting");
  }

  @Test
  void saysWhyNothingCouldBeReachedAndWhatToDo() {
    int port = PeerProcess.freePort();

    Ran ran = Ran.of("127.0.0.1", Integer.toString(port), "2");

    assertThat(ran.status()).isEqualTo(3);
    assertThat(ran.err())
        .startsWith("cannot connect to tcp://127.0.0.1:" + port + ": refused (2 connections)\n")
        .contains("java -jar echo-server.jar 127.0.0.1 " + port)
        .contains("--wait 10s");
  }

  @Test
  void saysThatASmallNumberWasTakenAsThePort() {
    String hint = "  3 was taken as the port; for 3 connections: -c 3\n";

    assertThat(Ran.of("127.0.0.1", "3").err())
        .startsWith("cannot connect to tcp://127.0.0.1:3: refused\n" + hint);
    assertThat(Ran.of("127.0.0.1:3").err()).doesNotContain("taken as the port");
    assertThat(Ran.of("127.0.0.1", "3", "2").err()).doesNotContain("taken as the port");
    assertThat(Ran.of("127.0.0.1", "3", "-c", "2").err()).doesNotContain("taken as the port");
  }

  @Test
  void saysThatANameIsUnknown() {
    Ran ran = Ran.of("no-such-host.invalid:1");

    assertThat(ran.status()).as(ran.err()).isEqualTo(3);
    assertThat(ran.err()).startsWith("cannot connect to tcp://no-such-host.invalid:1: dns\n");
  }

  private static Ran send(PeerProcess peer, String... words) {
    return Ran.of(
        Stream.concat(Stream.of("127.0.0.1:" + peer.port()), Arrays.stream(words))
            .toArray(String[]::new));
  }
}
