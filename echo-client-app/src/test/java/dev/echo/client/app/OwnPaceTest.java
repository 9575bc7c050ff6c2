package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several connections of one run have nothing to do with each other. */
@Timeout(60)
class OwnPaceTest {
  private static final String INPUT = "a line of the input\n".repeat(20_000);

  @TempDir private Path folder;

  /** The first connection is served when the others have ended: so they must not wait for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-m hello -n 5",
        "--mode stream -m hello -n 5",
        "--random 300000 -n 3",
        "--mode stream --random 300000",
        "-f FILE -m end",
        "-f FILE --lines",
        "-f - -m end",
        "-f - --lines",
        "--mode stream -f -"
      })
  void stalledConnectionHoldsUpNoOther(String words) throws IOException {
    Path file = Files.writeString(folder.resolve("f"), INPUT);
    CountDownLatch others = new CountDownLatch(2);
    try (ServingPeer peer =
        ServingPeer.together((number, socket) -> afterOthers(number, socket, others))) {
      Ran ran = send(peer, words.replace("FILE", file.toString()) + " -c 3 --json");

      assertThat(ran.status()).as(ran.out() + ran.err()).isZero();
      JsonObject summary = summary(ran);
      assertThat(summary.get("connections").getAsInt()).isEqualTo(3);
      assertThat(summary.get("echoed")).isEqualTo(summary.get("asked"));
      assertThat(summary.get("bytesEchoed")).isEqualTo(summary.get("bytesSent"));
      assertThat(summary.get("missing").getAsLong()).isZero();
    }
  }

  private static void afterOthers(int number, Socket socket, CountDownLatch others)
      throws IOException {
    if (number == 1) {
      await(others);
    }
    ServingPeer.echo(socket);
    others.countDown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void serverMayServeOneConnectionAtATime(String mode) {
    try (ServingPeer peer = ServingPeer.oneByOne((number, socket) -> ServingPeer.echo(socket))) {
      Ran ran = send(peer, "-c 3 -m one -m two --mode " + mode);

      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.err()).contains("2 messages over 3 connections: all 6 came back, verified");
    }
  }

  @Test
  void silentConnectionFailsAlone() {
    try (ServingPeer peer =
        ServingPeer.together(
            (number, socket) -> {
              if (number == 2) {
                socket.getInputStream().readAllBytes();
              } else {
                ServingPeer.echo(socket);
              }
            })) {
      Ran ran = send(peer, "-c 3 -m one -m two --timeout 1s --json");

      assertThat(ran.status()).as(ran.err()).isEqualTo(4);
      JsonObject summary = summary(ran);
      assertThat(summary.get("asked").getAsLong()).isEqualTo(6);
      assertThat(summary.get("sent").getAsLong()).isEqualTo(5);
      assertThat(summary.get("echoed").getAsLong()).isEqualTo(4);
      assertThat(summary.get("missing").getAsLong()).isEqualTo(2);
      assertThat(summary.getAsJsonArray("errors")).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"frames", "stream"})
  void bytesThatCameBackAreCountedAlsoOfHalfAMessage(String mode) {
    int ahead = mode.equals("frames") ? 8 + 8 + 32 : 0;
    try (ServingPeer peer =
        ServingPeer.together((number, socket) -> ServingPeer.echo(socket, ahead + 50_000))) {
      String words = "--random 60000 --mode " + mode;
      Ran text = send(peer, words);
      Ran json = send(peer, words + " --json");

      assertThat(text.status()).as(text.err()).isEqualTo(4);
      assertThat(text.err()).contains("0 of 1 came back (50,000 of 60,000 bytes): incomplete");
      assertThat(json.json().get(0).get("bytesEchoed").getAsLong()).isEqualTo(50_000);
      assertThat(summary(json).get("bytesEchoed").getAsLong()).isEqualTo(50_000);
      assertThat(summary(json).get("bytesAsked").getAsLong()).isEqualTo(60_000);
    }
  }

  @Test
  void connectionsThatCannotBeMadeCountAsNotEchoed() {
    Ran ran = Ran.of("127.0.0.1:" + PeerProcess.freePort(), "-c", "2", "-n", "3", "--json");

    assertThat(ran.status()).as(ran.err()).isEqualTo(3);
    JsonObject summary = summary(ran);
    assertThat(summary.get("connections").getAsInt()).isZero();
    assertThat(summary.get("unreachable").getAsInt()).isEqualTo(2);
    assertThat(summary.get("asked").getAsLong()).isEqualTo(6);
    assertThat(summary.get("sent").getAsLong()).isZero();
    assertThat(summary.get("missing").getAsLong()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f - --lines", "--mode stream --empty", "--mode stream -f -"})
  void nothingSentProvesNothing(String words) {
    try (ServingPeer peer = ServingPeer.together((number, socket) -> ServingPeer.echo(socket))) {
      Ran ran = Ran.with("", all(peer, words));

      assertThat(ran.status()).as(ran.err()).isEqualTo(2);
      assertThat(ran.err()).contains("nothing to send: ").doesNotContain("verified");
    }
  }

  private static Ran send(ServingPeer peer, String words) {
    return Ran.with(INPUT, all(peer, words));
  }

  private static String[] all(ServingPeer peer, String words) {
    return Stream.concat(Stream.of(peer.target()), Arrays.stream(words.split(" ")))
        .toArray(String[]::new);
  }

  private static JsonObject summary(Ran ran) {
    List<JsonObject> objects = ran.json();
    return objects.get(objects.size() - 1).getAsJsonObject("summary");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
