package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the launcher says of datagrams that a peer loses, by plan. */
@Timeout(60)
class DatagramSendTest {
  @Test
  void oneMissingEchoFailsTheRun() {
    try (PeerProcess peer = PeerProcess.udp("drop", "1")) {
      Ran ran = send(peer, "-m", "a", "-m", "b", "-m", "c", "-m", "d");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err())
          .contains("3 of 4 came back")
          .contains("1 lost")
          .endsWith("incomplete\n");
    }
  }

  @Test
  void jsonSaysInTheSummaryWhatItSaysOfTheMessage() {
    try (PeerProcess peer = PeerProcess.udp("drop", "0", "1")) {
      List<JsonObject> objects = send(peer, "-n", "4", "--json", "--timeout", "300ms").json();

      JsonObject summary = objects.get(4).getAsJsonObject("summary");
      assertThat(objects.subList(0, 4))
          .extracting(each -> each.get("verdict").getAsString())
          .containsExactlyInAnyOrder("incomplete", "incomplete", "ok", "ok");
      assertThat(summary.get("sent").getAsLong()).isEqualTo(4);
      assertThat(summary.get("echoed").getAsLong()).isEqualTo(2);
      assertThat(summary.get("verdict").getAsString()).isEqualTo("incomplete");
      assertThat(summary.get("exitStatus").getAsInt()).isEqualTo(4);
      assertThat(summary.getAsJsonArray("errors")).hasSize(2);
    }
  }

  @Test
  void nothingIsMissingWhenAllCameBack() {
    try (PeerProcess peer = PeerProcess.udp("swap", "1")) {
      Ran ran = send(peer, "-n", "4");

      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.err()).contains("all came back, verified");
    }
  }

  private static Ran send(PeerProcess peer, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "udp://127.0.0.1:" + peer.port();
    System.arraycopy(words, 0, all, 1, words.length);
    return Ran.of(all);
  }
}
