package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** It answers the one that is under way: neither is that lost, nor did nobody send this. */
  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void callsAnEchoThatIsAByteShortTruncated(String mode) throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> cut(peer, 1));
      Ran ran =
          Ran.of(
              "udp://127.0.0.1:" + peer.getLocalPort(),
              "--mode",
              mode,
              "--timeout",
              "5s",
              "--json");

      assertThat(served).succeedsWithin(Duration.ofSeconds(10));
      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err())
          .contains("wrong: message 1 is truncated: its last byte is missing")
          .doesNotContain("did not come back")
          .doesNotContain("more than was sent");
      JsonObject finding = ran.json().get(0).getAsJsonObject("finding");
      assertThat(finding.get("verdict").getAsString()).isEqualTo("truncated");
      assertThat(finding.get("offset").getAsLong()).isEqualTo(11);
      JsonObject summary = ran.json().get(1).getAsJsonObject("summary");
      assertThat(summary.get("wrong").getAsLong()).isEqualTo(1);
      assertThat(summary.get("missing").getAsLong()).isZero();
      assertThat(summary.get("surplus").getAsLong()).isZero();
    }
  }

  @Test
  void countsWhatNobodySentOnce() throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(() -> cut(peer, Integer.MAX_VALUE));

      Ran ran = Ran.of("udp://127.0.0.1:" + peer.getLocalPort(), "--timeout", "500ms");

      assertThat(served).succeedsWithin(Duration.ofSeconds(10));
      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      assertThat(ran.err()).contains("0 of 1 came back; 1 surplus; 1 lost: wrong");
    }
  }

  private static void cut(DatagramSocket peer, int bytes) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      peer.receive(packet);
      packet.setLength(Math.max(0, packet.getLength() - bytes));
      peer.send(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first is given up before the second is sent, and comes before the second. */
  @Test
  void callsADatagramThatCameAfterTheTimeoutLate() throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> holdUntilTheNext(peer));
      Ran ran =
          Ran.of(
              "udp://127.0.0.1:" + peer.getLocalPort(), "-n", "2", "--timeout", "300ms", "--json");

      assertThat(served).succeedsWithin(Duration.ofSeconds(10));
      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      assertThat(ran.err()).contains("message 1 came late: ").doesNotContain("did not come back");
      JsonObject late = ran.json().get(1);
      assertThat(late.get("message").getAsLong()).isEqualTo(1);
      assertThat(late.get("verdict").getAsString()).isEqualTo("incomplete");
      assertThat(late.getAsJsonObject("finding").get("verdict").getAsString()).isEqualTo("late");
    }
  }

  private static void holdUntilTheNext(DatagramSocket peer) {
    try {
      DatagramPacket first = new DatagramPacket(new byte[2000], 2000);
      DatagramPacket second = new DatagramPacket(new byte[2000], 2000);
      peer.receive(first);
      peer.receive(second);
      peer.send(first);
      peer.send(second);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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

  /** The first socket gets no echo before the others have had all of theirs. */
  @Test
  void silentSocketHoldsUpNoOther() throws IOException {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      CompletableFuture<Void> served = CompletableFuture.runAsync(() -> holdBackTheFirst(peer, 9));
      Ran ran =
          Ran.of("udp://127.0.0.1:" + peer.getLocalPort(), "-c", "4", "-n", "3", "--json", "-v");

      assertThat(ran.status()).as(ran.out()).isZero();
      assertThat(ran.json().get(12).getAsJsonObject("summary").get("echoed").getAsLong())
          .isEqualTo(12);
      assertThat(served).succeedsWithin(Duration.ofSeconds(10));
    }
  }

  private static void holdBackTheFirst(DatagramSocket peer, int others) {
    try {
      List<DatagramPacket> held = new ArrayList<>();
      for (int echoed = 0; echoed < others; ) {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        peer.receive(packet);
        if (held.isEmpty() || held.get(0).getPort() == packet.getPort()) {
          held.add(packet);
        } else {
          peer.send(packet);
          echoed++;
        }
      }
      for (DatagramPacket packet : held) {
        peer.send(packet);
      }
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      for (int rest = held.size(); rest < 3; rest++) {
        packet.setLength(2000);
        peer.receive(packet);
        peer.send(packet);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-m one -m two", "--mode stream -m one -m two", "-f - --lines"})
  void waitsForTheFirstEcho(String words) throws IOException {
    CompletableFuture<Void> served;
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      served = CompletableFuture.runAsync(() -> dropThenEcho(peer, 2));
      Ran ran =
          Ran.with(
              "one\ntwo\n",
              ("udp://127.0.0.1:" + peer.getLocalPort() + " --wait 50s --json " + words)
                  .split(" "));

      assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
      JsonObject summary = ran.json().get(2).getAsJsonObject("summary");
      assertThat(summary.get("sent").getAsLong()).isEqualTo(2);
      assertThat(summary.get("echoed").getAsLong()).isEqualTo(2);
      assertThat(summary.getAsJsonObject("datagrams").get("lost").getAsLong()).isZero();
    }
    assertThat(served).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void waitsForASocketThatIsNotThereYet() throws IOException {
    int port;
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      port = peer.getLocalPort();
    }
    CompletableFuture<Ran> running =
        CompletableFuture.supplyAsync(() -> Ran.of("udp://127.0.0.1:" + port, "--wait", "50s"));
    CompletableFuture<Void> served;
    try (DatagramSocket peer = new DatagramSocket(port, InetAddress.getByName("127.0.0.1"))) {
      served = CompletableFuture.runAsync(() -> dropThenEcho(peer, 0));

      Ran ran = running.join();

      assertThat(ran.status()).as(ran.err()).isZero();
    }
    assertThat(served).succeedsWithin(Duration.ofSeconds(10));
  }

  private static void dropThenEcho(DatagramSocket peer, int dropped) {
    try {
      DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
      for (int count = 0; !peer.isClosed(); count++) {
        packet.setLength(2000);
        peer.receive(packet);
        if (count >= dropped) {
          peer.send(packet);
        }
      }
    } catch (SocketException e) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Ran send(PeerProcess peer, String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "udp://127.0.0.1:" + peer.port();
    System.arraycopy(words, 0, all, 1, words.length);
    return Ran.of(all);
  }
}
