package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndSign.Side;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.payload.PayloadSource.Fixed;
import dev.echo.payload.PayloadSource.Generated;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.LeakExtension;
import dev.echo.text.ExitStatus;
import dev.echo.tls.ClientTls;
import dev.echo.tls.ServerTls;
import dev.echo.verify.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakExtension.class)
@Timeout(60)
class LoadRunTest {
  private static EchoServer server;

  @BeforeAll
  static void start() {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .join();
  }

  @AfterAll
  static void stop() {
    server.close().toCompletableFuture().join();
  }

  private static LoadPlanBuilder plan() {
    return LoadPlan.builder(server.endpoints().get(0))
        .pace(Pace.perSecond(2000))
        .amount(new Amount.Messages(500))
        .warmup(Duration.ofMillis(100))
        .timeout(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void sendsExactlyWhatIsDueInOpenLoop(ClientMode mode) {
    LoadResult result = LoadRun.run(plan().mode(mode).connections(3).build());

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.troubles()).isEmpty();
    assertThat(result.counts().due()).isEqualTo(500);
    assertThat(result.counts().sent()).isEqualTo(500);
    assertThat(result.counts().echoed()).isEqualTo(500);
    assertThat(result.counts().missing()).isZero();
    assertThat(result.counts().payloadBytes()).isEqualTo(500 * 64);
    assertThat(result.connections()).isEqualTo(new ConnectionCounts(3, 3, 0, 0, 3, 0));
    for (Measure measure : List.of(Measure.RESPONSE, Measure.SERVICE, Measure.LAG)) {
      assertThat(result.time(measure).count()).as("%s", measure).isEqualTo(500);
    }
    assertThat(result.time(Measure.RESIDENCE).count())
        .isEqualTo(mode == ClientMode.FRAMES ? 500 : 0);
    assertThat(result.measured()).isEqualTo(Duration.ofMillis(250));
    assertThat(result.intervals()).allMatch(each -> each.due() == each.echoed());
  }

  @Test
  void sendsExactlyTheCountInClosedLoop() {
    LoadResult result =
        LoadRun.run(
            plan()
                .pace(Pace.MAX)
                .connections(5)
                .amount(new Amount.Messages(2000))
                .loops(2)
                .build());

    assertThat(result.counts().sent()).isEqualTo(2000);
    assertThat(result.counts().echoed()).isEqualTo(2000);
    assertThat(result.time(Measure.SERVICE).count()).isEqualTo(2000);
    assertThat(result.time(Measure.RESPONSE).isEmpty()).isTrue();
    assertThat(result.counts().missing()).isZero();
  }

  @Test
  void endsAfterTheTimeInClosedLoop() {
    LoadResult result =
        LoadRun.run(
            plan()
                .pace(Pace.MAX)
                .inFlight(16)
                .amount(new Amount.Time(Duration.ofMillis(200)))
                .build());

    assertThat(result.measured()).isEqualTo(Duration.ofMillis(200));
    assertThat(result.counts().echoed()).isPositive().isEqualTo(result.counts().sent());
  }

  @Test
  void echoesPayloadsOfAnySizeAndUsersBytes() {
    LoadResult sizes =
        LoadRun.run(
            plan().payload(new Generated(0, 200_000)).amount(new Amount.Messages(100)).build());
    LoadResult users =
        LoadRun.run(plan().payload(new Fixed(new byte[] {1, 2, 3}, "three bytes")).build());

    assertThat(sizes.counts().echoed()).isEqualTo(100);
    assertThat(users.counts().payloadBytes()).isEqualTo(1500);
    assertThat(users.counts().wireBytes()).isEqualTo(500 * (3 + 8 + 32));
  }

  @Test
  void countsWhatItWasTooSlowToSendAsItsOwnFault() {
    LoadResult result =
        LoadRun.run(
            plan()
                .pace(Pace.perSecond(1e9))
                .warmup(Duration.ZERO)
                .amount(new Amount.Messages(20_000_000))
                .timeout(Duration.ofMillis(200))
                .build());

    assertThat(result.counts().due()).isEqualTo(20_000_000);
    assertThat(result.counts().sent()).isLessThan(10_000_000);
    assertThat(result.quantile(Measure.RESPONSE, 99).bound()).isEqualTo(Quantile.Bound.AT_LEAST);
    assertThat(OwnLag.of(result).spoils()).isTrue();
  }

  @Test
  void makesAConnectionForEachMessage() {
    LoadResult result =
        LoadRun.run(
            plan()
                .connectionUse(ConnectionUse.ONE_MESSAGE)
                .connections(10)
                .amount(new Amount.Messages(100))
                .warmup(Duration.ZERO)
                .build());

    assertThat(result.counts().echoed()).isEqualTo(100);
    assertThat(result.connections().made()).isEqualTo(100);
    assertThat(result.connections().lost()).isZero();
    assertThat(result.time(Measure.CONNECT).count()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource({"tcp, 0", "tls, 3", "ws, 3", "wss, 3"})
  void measuresTheHandshakesOfWhatHasThem(String scheme, int handshakes) {
    EchoServer other =
        EchoServer.builder()
            .listen(Endpoint.parse(scheme + "://127.0.0.1:0"))
            .front(ServerFront.NONE.tls(ServerTls.selfSigned().build()))
            .start()
            .toCompletableFuture()
            .join();
    try {
      LoadResult result =
          LoadRun.run(
              LoadPlan.builder(other.endpoints().get(0))
                  .front(ClientFront.NONE.tls(ClientTls.builder().insecure().build()))
                  .pace(Pace.perSecond(2000))
                  .amount(new Amount.Messages(100))
                  .warmup(Duration.ZERO)
                  .connections(3)
                  .build());

      assertThat(result.counts().echoed()).isEqualTo(100);
      assertThat(result.time(Measure.CONNECT).count()).isEqualTo(3);
      assertThat(result.time(Measure.HANDSHAKE).count()).isEqualTo(handshakes);
    } finally {
      other.close().toCompletableFuture().join();
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    Endpoint nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = TcpEndpoint.of("127.0.0.1", socket.getLocalPort());
    }

    LoadResult result = LoadRun.run(plan().endpoint(nobody).connections(2).build());

    assertThat(result.ending()).isEqualTo(Ending.UNREACHABLE);
    assertThat(result.counts().sent()).isZero();
    assertThat(result.connections().failed()).isEqualTo(2);
    assertThat(result.troubles().get(0).status()).isEqualTo(ExitStatus.UNREACHABLE);
  }

  @Test
  void stopsWhenTold() throws Exception {
    List<Interval> seen = new CopyOnWriteArrayList<>();
    LoadRun[] run = new LoadRun[1];
    LoadListener listener =
        new LoadListener() {
          @Override
          public void interval(Interval interval) {
            seen.add(interval);
            run[0].stop();
          }
        };
    LoadPlan endless =
        plan()
            .amount(new Amount.Time(Duration.ofHours(1)))
            .warmup(Duration.ZERO)
            .interval(Duration.ofMillis(50))
            .build();

    run[0] = LoadRun.start(endless, listener);
    LoadResult result = run[0].result().toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(result.counts().echoed()).isPositive().isEqualTo(result.counts().due());
    assertThat(seen).isNotEmpty();
  }

  @Test
  void endsAtAnInterruptOfItsThread() throws Exception {
    LoadPlan endless = plan().amount(new Amount.Time(Duration.ofHours(1))).build();
    CompletableFuture<LoadResult> result = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread caller =
        new Thread(
            () -> {
              result.complete(LoadRun.run(endless));
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    caller.start();

    caller.interrupt();

    assertThat(result.get(30, TimeUnit.SECONDS).ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hasNoThreadLeftWhenItTellsItsResult() throws Exception {
    LoadRun run = LoadRun.start(plan().connections(2).loops(2).build(), LoadListener.NONE);

    List<String> left =
        run.result().toCompletableFuture().thenApply(result -> threads()).get(30, TimeUnit.SECONDS);

    assertThat(left).isEmpty();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("echo-(load.*|pauses)"))
        .toList();
  }

  /** The listener's backlog is full, so the connect neither succeeds nor fails. */
  @Test
  void stopsAtOnceWhileItConnects() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<SocketChannel> waiting = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        boolean unused = channel.connect(full.getLocalSocketAddress());
        waiting.add(channel);
      }
      LoadPlan plan =
          LoadPlan.builder(TcpEndpoint.of("127.0.0.1", full.getLocalPort()))
              .connectTimeout(Duration.ofHours(1))
              .build();
      LoadRun run = LoadRun.start(plan, LoadListener.NONE);

      run.stop();
      LoadResult result = run.result().toCompletableFuture().get(30, TimeUnit.SECONDS);

      assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
      assertThat(result.counts()).isEqualTo(LoadCounts.ZERO);
      for (SocketChannel channel : waiting) {
        channel.close();
      }
    }
  }

  /** The measured time of half a second and what comes after it make one slice. */
  @Test
  void makesNoSliceOfTheMomentAfterTheLastMessage() {
    LoadResult result =
        LoadRun.run(
            plan()
                .warmup(Duration.ofMillis(200))
                .amount(new Amount.Time(Duration.ofMillis(500)))
                .interval(Duration.ofMillis(500))
                .build());

    List<Interval> slices = result.intervals();
    assertThat(slices.get(0).warmup()).isTrue();
    assertThat(slices.get(slices.size() - 1).sent()).isPositive();
    assertThat(slices).allMatch(slice -> slice.length().toMillis() >= 200);
    for (int i = 1; i < slices.size(); i++) {
      Interval before = slices.get(i - 1);
      assertThat(slices.get(i).from()).isEqualTo(before.from().plus(before.length()));
    }
    assertThat(slices.stream().filter(each -> !each.warmup()).mapToLong(Interval::sent).sum())
        .isEqualTo(result.counts().sent());
  }

  @Test
  void goesOnWithAnotherConnectionWhenOneIsLost() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(1000)) {
      LoadResult result = LoadRun.run(plan().endpoint(peer.endpoint()).build());

      assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
      assertThat(result.connections().lost()).isPositive();
      assertThat(result.connections().made()).isGreaterThan(1);
      assertThat(result.connections().errorFree()).isZero();
      assertThat(result.counts().due()).isEqualTo(500);
      assertThat(result.counts().echoed() + result.counts().missing()).isEqualTo(500);
      assertThat(result.counts().missing()).isPositive();
      assertThat(result.missingAges().count()).isEqualTo(result.counts().missing());
      assertThat(result.troubles())
          .isNotEmpty()
          .allSatisfy(
              trouble -> {
                ConnectionEnd end = trouble.end().orElseThrow();
                assertThat(trouble.status()).isEqualTo(ExitStatus.INCOMPLETE);
                assertThat(trouble.sentence()).contains(end.sentence()).contains(" under way");
                assertThat(end.how().side()).isEqualTo(Side.PEER);
                assertThat(end.received().bytes()).isLessThanOrEqualTo(1000);
                assertThat(end.sent().bytes()).isGreaterThanOrEqualTo(end.received().bytes());
              });
    }
  }

  @Test
  void endsAtTheFirstFailureWhenToldTo() throws Exception {
    try (FlakyPeer peer = new FlakyPeer(1000)) {
      LoadResult result =
          LoadRun.run(
              plan()
                  .endpoint(peer.endpoint())
                  .afterFailure(AfterFailure.END)
                  .amount(new Amount.Time(Duration.ofMinutes(1)))
                  .build());

      assertThat(result.ending()).isEqualTo(Ending.FAILED);
    }
  }

  /** 200 messages of warm-up, 500 that are measured. */
  @ParameterizedTest
  @CsvSource({
    "300, COPY, DUPLICATED",
    "50, COPY, DUPLICATED",
    "50, FLIP, CORRUPT",
    "699, MORE, SURPLUS"
  })
  void isWrongWhateverComesBackWrongAndWhenever(int message, Fault fault, Verdict verdict)
      throws Exception {
    try (FaultyPeer peer = new FaultyPeer(message, fault)) {
      LoadResult result =
          LoadRun.run(plan().mode(ClientMode.STREAM).endpoint(peer.endpoint()).build());

      assertThat(result.verdicts()).isEqualTo(Map.of(verdict, 1L));
      assertThat(result.counts().echoed()).isEqualTo(500);
      Assessment assessment =
          Assessment.of(result, List.of(Condition.parse("wrong=0"), Condition.parse("sent=500")));
      assertThat(assessment.status()).isEqualTo(ExitStatus.WRONG);
      assertThat(assessment.checks())
          .extracting(Assessment.Check::outcome)
          .containsExactly(Outcome.FAILED, Outcome.HELD);
    }
  }

  @Test
  void namesWhatIsNoEcho() throws Exception {
    try (BannerPeer peer = new BannerPeer("SSH-2.0-OpenSSH_9.6\r\n")) {
      LoadResult result = LoadRun.run(plan().endpoint(peer.endpoint()).build());

      assertThat(result.counts().echoed()).isZero();
      assertThat(result.wrong().get(0).verdict()).isEqualTo(Verdict.NOT_ECHO);
      assertThat(result.wrong().get(0).connection()).isEqualTo(1);
      assertThat(result.wrong().get(0).sentence()).contains("SSH-2.0-OpenSSH_9.6");
      assertThat(result.troubles().get(0).status()).isEqualTo(ExitStatus.WRONG);
      assertThat(result.troubles().get(0).connection()).isEqualTo(1);
    }
  }

  /** Echoes so many bytes on each connection, then closes it. */
  private static final class FlakyPeer extends BlockingPeer {
    private final int bytes;

    FlakyPeer(int bytes) throws IOException {
      this.bytes = bytes;
      begin();
    }

    @Override
    void serve(Socket socket) throws IOException {
      byte[] buffer = new byte[bytes];
      int left = bytes;
      for (int n = 1; n > 0 && left > 0; left -= n) {
        n = socket.getInputStream().read(buffer, 0, left);
        if (n > 0) {
          socket.getOutputStream().write(buffer, 0, n);
        }
      }
    }
  }

  private enum Fault {
    COPY,
    FLIP,
    MORE
  }

  /** Echoes messages of 64 bytes, one of them with a fault. */
  private static final class FaultyPeer extends BlockingPeer {
    private static final int BYTES = 64;

    private final int faulty;
    private final Fault fault;

    FaultyPeer(int faulty, Fault fault) throws IOException {
      this.faulty = faulty;
      this.fault = fault;
      begin();
    }

    @Override
    void serve(Socket socket) throws IOException {
      OutputStream out = socket.getOutputStream();
      byte[] message = socket.getInputStream().readNBytes(BYTES);
      for (int i = 0; message.length == BYTES; i++) {
        if (i == faulty && fault == Fault.FLIP) {
          message[40] ^= 1;
        }
        out.write(message);
        if (i == faulty && fault == Fault.COPY) {
          out.write(message);
        } else if (i == faulty && fault == Fault.MORE) {
          out.write(new byte[11]);
        }
        message = socket.getInputStream().readNBytes(BYTES);
      }
    }
  }

  /** Says something and reads no further. */
  private static final class BannerPeer extends BlockingPeer {
    private final byte[] banner;

    BannerPeer(String banner) throws IOException {
      this.banner = banner.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      begin();
    }

    @Override
    void serve(Socket socket) throws IOException {
      socket.getOutputStream().write(banner);
      long unused = socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** One connection after the other. */
  private abstract static class BlockingPeer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    BlockingPeer() throws IOException {}

    void begin() {
      Thread thread = new Thread(this::accept, "peer");
      thread.setDaemon(true);
      thread.start();
    }

    abstract void serve(Socket socket) throws IOException;

    Endpoint endpoint() {
      return TcpEndpoint.of("127.0.0.1", listener.getLocalPort());
    }

    private void accept() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          serve(socket);
        } catch (IOException e) {
          // The other side is gone, or this one is closed.
        }
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
