package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.testing.LeakExtension;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closed loops whose echoes never come: nothing is ok without an echo, and every run ends. */
@ExtendWith(LeakExtension.class)
@Timeout(60)
class NoEchoTest {
  private static LoadPlanBuilder plan(Endpoint endpoint) {
    return LoadPlan.builder(endpoint)
        .pace(Pace.MAX)
        .warmup(Duration.ofMillis(50))
        .amount(new Amount.Time(Duration.ofMillis(100)))
        .timeout(Duration.ofMillis(300));
  }

  private static Assessment assess(LoadResult result) {
    return Assessment.of(result, List.of(Condition.parse("missing=0")));
  }

  private static void assertNothingCame(LoadResult result, int connections, int missing) {
    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.counts().echoed()).isZero();
    assertThat(result.counts().due()).isEqualTo(missing);
    assertThat(result.counts().missing()).isEqualTo(missing);
    assertThat(result.connections().asked()).isEqualTo(connections);
    assertThat(result.connections().errorFree()).isZero();
    assertThat(result.rate()).isZero();
    assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
    assertThat(assess(result).checks().get(0).outcome()).isEqualTo(Assessment.Outcome.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "FRAMES, KEEP, 50, 1",
    "STREAM, KEEP, 50, 1",
    "FRAMES, ONE_MESSAGE, 50, 1",
    "FRAMES, KEEP, 50, 64",
    "FRAMES, KEEP, 0, 1",
    "STREAM, KEEP, 0, 64",
    "FRAMES, ONE_MESSAGE, 0, 1"
  })
  void isIncompleteIfNothingComesBack(
      ClientMode mode, ConnectionUse use, int warmupMillis, int inFlight) throws Exception {
    try (ThreadedPeer peer = new ThreadedPeer(ThreadedPeer.SILENT)) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint())
                  .mode(mode)
                  .connectionUse(use)
                  .warmup(Duration.ofMillis(warmupMillis))
                  .inFlight(inFlight)
                  .connections(2)
                  .build());

      assertNothingCame(result, 2, 2 * inFlight);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50})
  void isIncompleteIfNoDatagramComesBack(int warmupMillis) throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      LoadResult result =
          LoadRun.run(
              plan(UdpEndpoint.of("127.0.0.1", silent.getLocalPort()))
                  .warmup(Duration.ofMillis(warmupMillis))
                  .connections(2)
                  .inFlight(3)
                  .build());

      assertNothingCame(result, 2, 6);
      assertThat(result.datagrams().sent()).isEqualTo(6);
      assertThat(result.datagrams().lost()).isEqualTo(6);
    }
  }

  /** Loss fails nothing, but a socket that got no echo at all does. */
  @ParameterizedTest
  @CsvSource({"max, 50", "max, 0", "500, 50", "500, 0"})
  void isIncompleteIfNothingComesBackToOneOfTheSockets(String rate, int warmupMillis)
      throws Exception {
    try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      Thread thread = new Thread(() -> answerAllButOne(peer), "peer");
      thread.setDaemon(true);
      thread.start();

      LoadResult result =
          LoadRun.run(
              plan(UdpEndpoint.of("127.0.0.1", peer.getLocalPort()))
                  .pace(rate.equals("max") ? Pace.MAX : Pace.perSecond(500))
                  .warmup(Duration.ofMillis(warmupMillis))
                  .connections(3)
                  .build());

      assertThat(result.counts().echoed()).isPositive();
      assertThat(result.connections().silent()).isEqualTo(1);
      Assessment assessment = Assessment.of(result, List.of());
      assertThat(assessment.status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(assessment.reasons())
          .containsExactly("1 of 3 sockets got no echo of what it sent");
    }
  }

  private static void answerAllButOne(DatagramSocket peer) {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    SocketAddress dead = null;
    try {
      while (true) {
        packet.setLength(2048);
        peer.receive(packet);
        dead = dead == null ? packet.getSocketAddress() : dead;
        if (!packet.getSocketAddress().equals(dead)) {
          peer.send(packet);
        }
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  @Test
  void countsTheConnectionThatNeverAnswersAmongOthers() throws Exception {
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) ->
                (connection == 2 ? ThreadedPeer.SILENT : ThreadedPeer.ECHO)
                    .serve(connection, in, out))) {
      LoadResult result =
          LoadRun.run(plan(peer.endpoint()).timeout(Duration.ofSeconds(2)).connections(4).build());

      assertThat(result.counts().echoed()).isPositive();
      assertThat(result.counts().missing()).isEqualTo(1);
      assertThat(result.missingAges().minNanos()).isGreaterThan(Duration.ofSeconds(2).toNanos());
      assertThat(result.connections().errorFree()).isEqualTo(3);
      assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  /** There is no time at which the sending of so many messages would end. */
  @ParameterizedTest
  @CsvSource({"KEEP, 0", "KEEP, 50", "ONE_MESSAGE, 0"})
  void endsByTheTimeoutIfSoManyEchoesNeverCome(ConnectionUse use, int warmupMillis)
      throws Exception {
    try (ThreadedPeer peer = new ThreadedPeer(ThreadedPeer.SILENT)) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint())
                  .connectionUse(use)
                  .warmup(Duration.ofMillis(warmupMillis))
                  .amount(new Amount.Messages(100))
                  .connectTimeout(Duration.ofMillis(300))
                  .build());

      assertNothingCame(result, 1, 1);
    }
  }

  @Test
  void endsIfDatagramsNeverComeBack() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      LoadResult result =
          LoadRun.run(
              plan(UdpEndpoint.of("127.0.0.1", silent.getLocalPort()))
                  .timeout(Duration.ofMillis(50))
                  .warmup(Duration.ZERO)
                  .amount(new Amount.Messages(1_000_000))
                  .build());

      assertThat(result.counts().missing()).isPositive().isEqualTo(result.counts().due());
      assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  @Test
  void endsIfThePeerFallsSilentInTheMiddle() throws Exception {
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) -> {
              ThreadedPeer.echo(in, out, 5_000);
              ThreadedPeer.SILENT.serve(connection, in, out);
            })) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint())
                  .warmup(Duration.ZERO)
                  .timeout(Duration.ofSeconds(3))
                  .connections(2)
                  .loops(2)
                  .amount(new Amount.Messages(1_000))
                  .build());

      assertThat(result.counts().echoed()).isPositive();
      assertThat(result.counts().missing()).isEqualTo(2);
      assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  @Test
  void endsIfThereAreFewerMessagesThanLoops() throws Exception {
    try (ThreadedPeer peer = new ThreadedPeer(ThreadedPeer.ECHO)) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint()).connections(3).loops(3).amount(new Amount.Messages(1)).build());

      assertThat(result.counts().echoed()).isEqualTo(1);
      assertThat(result.measured()).isPositive();
      assertThat(assess(result).status()).isEqualTo(ExitStatus.OK);
    }
  }

  /** What is no echo ends its lane, and the run if there is no other. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void endsIfWhatAnswersIsNoEcho(int connections) throws Exception {
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) -> {
              out.write(new byte[] {'S', 'S', 'H', '-', '2', '.', '0', '\r', '\n'});
              ThreadedPeer.SILENT.serve(connection, in, out);
            })) {
      LoadResult result = LoadRun.run(plan(peer.endpoint()).connections(connections).build());

      assertThat(result.verdicts()).isEqualTo(Map.of(Verdict.NOT_ECHO, (long) connections));
      assertThat(result.counts().echoed()).isZero();
      assertThat(assess(result).status()).isEqualTo(ExitStatus.WRONG);
      assertThat(loops()).isEmpty();
    }
  }

  /** The peer leaves each connection open, so the next message waits for one that is free. */
  @Test
  void saysWhatWasNeverSentOverConnectionsThatStayOpen() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) -> {
              ThreadedPeer.echo(in, out, Long.MAX_VALUE);
              awaitEnd(end);
            })) {
      LoadResult result =
          LoadRun.run(
              plan(peer.endpoint())
                  .pace(Pace.perSecond(500))
                  .warmup(Duration.ZERO)
                  .amount(new Amount.Messages(20))
                  .connectionUse(ConnectionUse.ONE_MESSAGE)
                  .build());

      LoadCounts counts = result.counts();
      assertThat(counts.sent()).isEqualTo(counts.echoed());
      assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
      assertThat(assess(result).reasons().get(0))
          .isEqualTo(
              (20 - counts.sent())
                  + " messages were never sent: no connection was free (each is used until the"
                  + " peer ends it after its echo, or for 1 s)");
    } finally {
      end.countDown();
    }
  }

  private static void awaitEnd(CountDownLatch end) throws IOException {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** An ERROR frame is told with its code, also one that this version does not know. */
  @ParameterizedTest
  @CsvSource({
    "99, the moon is full, 'the peer refused (error 99: the moon is full)'",
    "3, '', the peer refused (error 3)"
  })
  void tellsAnErrorFrameWithItsCode(int code, String said, String sentence) throws Exception {
    try (ThreadedPeer peer =
        new ThreadedPeer(
            (connection, in, out) -> {
              in.readNBytes(8);
              byte[] text = said.getBytes(StandardCharsets.UTF_8);
              ByteBuffer answer = ByteBuffer.allocate(18 + text.length);
              answer.putLong(0xFE4543484F0D0A81L).putInt(2 + text.length).putInt(0x0F000000);
              out.write(answer.putShort((short) code).put(text).array());
              ThreadedPeer.SILENT.serve(connection, in, out);
            })) {
      LoadResult result =
          LoadRun.run(plan(peer.endpoint()).afterFailure(LoadPlan.AfterFailure.END).build());

      Trouble trouble = result.troubles().get(0);
      assertThat(trouble.sentence()).startsWith(sentence).contains(" came back; ");
      assertThat(trouble.end().orElseThrow().sign()).isEqualTo(EndSign.error(code, said));
      assertThat(assess(result).status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  private static List<String> loops() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("echo-load"))
        .toList();
  }
}
