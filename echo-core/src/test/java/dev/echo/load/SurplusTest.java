package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.testing.LeakExtension;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Peers that return more than was sent: it is a count of its own, and the messages add up. */
@ExtendWith(LeakExtension.class)
@Timeout(60)
class SurplusTest {
  private static final int MESSAGES = 50;

  private static LoadPlanBuilder plan(Endpoint endpoint) {
    return LoadPlan.builder(endpoint)
        .pace(Pace.perSecond(500))
        .warmup(Duration.ZERO)
        .amount(new Amount.Messages(MESSAGES))
        .timeout(Duration.ofMillis(500));
  }

  private static void assertWrong(LoadResult result, String reason) {
    Assessment assessment = Assessment.of(result, List.of(Condition.parse("wrong=0")));
    assertThat(assessment.status()).isEqualTo(ExitStatus.WRONG);
    assertThat(assessment.reasons().get(0)).startsWith(reason);
    assertThat(assessment.checks().get(0).outcome()).isEqualTo(Assessment.Outcome.FAILED);
    assertThat(result.intervals().stream().mapToLong(Interval::surplus).sum())
        .isEqualTo(result.counts().surplus());
  }

  /** Returns the preface once, and each message twice. */
  private static void echoTwice(InputStream in, OutputStream out) throws IOException {
    DataInputStream data = new DataInputStream(in);
    out.write(data.readNBytes(8));
    byte[] length = data.readNBytes(4);
    while (length.length == 4) {
      int rest = 4 + (((length[2] & 0xFF) << 8) | (length[3] & 0xFF));
      byte[] message = data.readNBytes(rest);
      for (int i = 0; i < 2; i++) {
        out.write(length);
        out.write(message);
      }
      length = data.readNBytes(4);
    }
  }

  @Test
  void countsTheSecondEchoOfEachMessageBesideTheMessages() throws Exception {
    try (ThreadedPeer peer = new ThreadedPeer((connection, in, out) -> echoTwice(in, out))) {
      LoadResult result = LoadRun.run(plan(peer.endpoint()).build());

      assertThat(result.counts().echoed()).isEqualTo(MESSAGES);
      assertThat(result.counts().wrong()).isZero();
      assertThat(result.counts().surplus()).isBetween(MESSAGES - 1L, (long) MESSAGES);
      assertThat(result.verdicts())
          .isEqualTo(Map.of(Verdict.DUPLICATED, result.counts().surplus()));
      assertWrong(result, "what is the echo of no message came ");
    }
  }

  @ParameterizedTest
  @CsvSource({"FRAMES, 500", "STREAM, 500", "STREAM, max"})
  void countsBytesBeforeTheEndBesideTheMessages(ClientMode mode, String rate) throws Exception {
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) -> {
              ThreadedPeer.echo(in, out, Long.MAX_VALUE);
              out.write(new byte[] {'x', 'x'});
            })) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint())
                  .mode(mode)
                  .pace(rate.equals("max") ? Pace.MAX : Pace.perSecond(500))
                  .build());

      assertThat(result.counts().echoed()).isEqualTo(MESSAGES);
      assertThat(result.counts().wrong()).isZero();
      assertThat(result.counts().surplus()).isEqualTo(1);
      assertThat(result.verdicts()).isEqualTo(Map.of(Verdict.SURPLUS, 1L));
      assertWrong(result, "what is the echo of no message came once");
    }
  }

  @Test
  void countsDatagramsThatNobodySentBesideThoseThatAreLost() throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      Thread thread = new Thread(() -> answerNothing(peer), "peer");
      thread.setDaemon(true);
      thread.start();

      LoadResult result =
          LoadRun.run(plan(UdpEndpoint.of("127.0.0.1", peer.getLocalPort())).build());

      assertThat(result.counts().missing()).isEqualTo(MESSAGES);
      assertThat(result.counts().wrong()).isZero();
      assertThat(result.counts().surplus()).isEqualTo(MESSAGES);
      assertThat(result.datagrams().lost()).isEqualTo(MESSAGES);
      assertThat(result.datagrams().wrong()).isZero();
      assertThat(result.datagrams().surplus()).isEqualTo(MESSAGES);
      assertWrong(result, "what is the echo of no message came 50 times");
    }
  }

  private static void answerNothing(DatagramSocket peer) {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (true) {
        peer.receive(packet);
        peer.send(new DatagramPacket(new byte[0], 0, packet.getSocketAddress()));
      }
    } catch (SocketException e) {
      // It is closed.
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
