package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.client.ClientMode;
import dev.echo.client.DatagramClient;
import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import dev.echo.client.Stamps;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.limit.DatagramLimits;
import dev.echo.payload.PayloadSource.Fixed;
import dev.echo.payload.PayloadSource.Generated;
import dev.echo.pipeline.ServerFront;
import dev.echo.server.EchoServer;
import dev.echo.testing.LeakExtension;
import dev.echo.testing.LossyPath;
import dev.echo.testing.LossyPath.Fate;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Load over UDP: what is lost, late, duplicated, out of order or wrong is counted exactly. */
@ExtendWith(LeakExtension.class)
@Timeout(60)
class DatagramLoadTest {
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  private @Nullable EchoServer server;

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  private int serve(double rate, DatagramLimits.Sources sources) throws Exception {
    EchoServer started =
        EchoServer.builder()
            .listen(UdpEndpoint.of("127.0.0.1", 0))
            .front(
                ServerFront.NONE.datagrams(
                    new DatagramLimits(rate, 1, DatagramLimits.UNLIMITED, sources)))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    server = started;
    return ((NetworkEndpoint) started.endpoints().get(0)).port();
  }

  private int serve() throws Exception {
    return serve(DatagramLimits.UNLIMITED, DatagramLimits.Sources.ALL);
  }

  private static LoadPlanBuilder plan(int port) {
    return LoadPlan.builder(UdpEndpoint.of("127.0.0.1", port))
        .pace(Pace.perSecond(1000))
        .amount(new Amount.Messages(400))
        .warmup(Duration.ZERO)
        .loops(1)
        .timeout(TIMEOUT);
  }

  private static long count(List<Fate> fates, Fate fate) {
    return fates.stream().filter(fate::equals).count();
  }

  private static DatagramCounts none(long sent) {
    return new DatagramCounts(sent, sent, 0, 0, 0, 0, 0, 0, Optional.empty());
  }

  private static DatagramCounts withoutDirections(DatagramCounts counts) {
    return new DatagramCounts(
        counts.sent(),
        counts.echoed(),
        counts.late(),
        counts.lost(),
        counts.duplicated(),
        counts.reordered(),
        counts.wrong(),
        counts.surplus(),
        Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void sendsExactlyWhatIsDueInOpenLoop(Transport transport) throws Exception {
    if (!transport.isAvailable()) {
      return;
    }
    LoadResult result =
        LoadRun.run(
            plan(serve())
                .connections(3)
                .warmup(Duration.ofMillis(100))
                .transport(transport)
                .build());

    assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(result.troubles()).isEmpty();
    assertThat(result.counts().due()).isEqualTo(400);
    assertThat(result.counts().echoed()).isEqualTo(400);
    assertThat(result.counts().payloadBytes()).isEqualTo(400 * 64);
    assertThat(result.counts().wireBytes()).isEqualTo(400 * (8 + 8 + 32 + 64));
    assertThat(withoutDirections(result.datagrams())).isEqualTo(none(400));
    assertThat(result.datagrams().directions()).contains(new LossDirections(0, 0, 0));
    for (Measure measure :
        List.of(Measure.RESPONSE, Measure.SERVICE, Measure.LAG, Measure.RESIDENCE)) {
      assertThat(result.time(measure).count()).as("%s", measure).isEqualTo(400);
    }
    assertThat(result.intervals()).allMatch(each -> each.due() == each.echoed());
  }

  @ParameterizedTest
  @CsvSource({"FRAMES, ON", "FRAMES, OFF", "STREAM, OFF"})
  void echoesPayloadsOfAnySize(ClientMode mode, Stamps stamps) throws Exception {
    int port = serve();
    int most = DatagramClient.maxPayloadBytes(mode);
    int least = mode == ClientMode.FRAMES ? 0 : 1;
    for (Generated sizes : List.of(new Generated(least, 40), new Generated(most, most))) {
      LoadResult result =
          LoadRun.run(
              plan(port)
                  .mode(mode)
                  .stamps(stamps)
                  .payload(sizes)
                  .pace(Pace.MAX)
                  .inFlight(3)
                  .build());

      assertThat(result.wrong()).isEmpty();
      assertThat(withoutDirections(result.datagrams())).isEqualTo(none(400));
    }
    LoadResult users =
        LoadRun.run(
            plan(port)
                .mode(mode)
                .stamps(stamps)
                .payload(new Fixed(new byte[] {1, 2, 3}, "three bytes"))
                .build());
    assertThat(users.counts().payloadBytes()).isEqualTo(1200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void countsWhatAPathDoesInOpenLoop(int seed) throws Exception {
    int sent = 200;
    List<Fate> fates = LossyPath.plan(seed, sent);
    long there = count(fates, Fate.LOSE_THERE);
    long back = count(fates, Fate.LOSE_BACK);
    long ruined = count(fates, Fate.RUIN);

    try (LossyPath path = new LossyPath(fates, serve())) {
      LoadResult result = LoadRun.run(plan(path.port()).amount(new Amount.Messages(sent)).build());

      DatagramCounts counts = result.datagrams();
      assertThat(withoutDirections(counts))
          .as("seed %d", seed)
          .isEqualTo(
              new DatagramCounts(
                  sent,
                  sent - there - back - ruined,
                  0,
                  there + back,
                  count(fates, Fate.DOUBLE_THERE) + count(fates, Fate.DOUBLE_BACK),
                  count(fates, Fate.HOLD),
                  ruined,
                  0,
                  Optional.empty()));
      assertThat(counts.directions()).contains(new LossDirections(there, back, 0));
      assertThat(
              result.intervals().stream()
                  .map(Interval::datagrams)
                  .reduce(DatagramEvents.NONE, DatagramEvents::plus))
          .as("seed %d", seed)
          .isEqualTo(new DatagramEvents(counts.lost(), 0, counts.duplicated(), counts.reordered()));
      assertThat(result.counts().missing()).isEqualTo(there + back);
      assertThat(result.missingAges().count()).isEqualTo(there + back);
      assertThat(result.missingAges().minNanos()).isGreaterThan(TIMEOUT.toNanos() * 99 / 100);
      assertThat(result.verdicts()).isEqualTo(Map.of(Verdict.CORRUPT, ruined));
      assertThat(result.time(Measure.RESPONSE).count()).isEqualTo(sent - there - back - ruined);
    }
  }

  @Test
  void isNotHeldUpByLossInClosedLoop() throws Exception {
    List<Fate> fates = new ArrayList<>(Collections.nCopies(1800, Fate.PASS));
    fates.set(1500, Fate.LOSE_THERE);
    fates.set(1600, Fate.LOSE_BACK);
    fates.set(1700, Fate.HOLD);

    try (LossyPath path = new LossyPath(fates, serve())) {
      LoadResult result =
          LoadRun.run(
              plan(path.port())
                  .pace(Pace.MAX)
                  .timeout(Duration.ofMillis(300))
                  .amount(new Amount.Messages(2000))
                  .build());

      // The one that is held up comes when the next is sent, which is when it was given up.
      assertThat(result.datagrams())
          .isEqualTo(
              new DatagramCounts(
                  2000, 1997, 1, 2, 0, 0, 0, 0, Optional.of(new LossDirections(1, 1, 0))));
      assertThat(result.counts().missing()).isEqualTo(3);
      assertThat(result.missingAges().count()).isEqualTo(3);
      assertThat(result.time(Measure.SERVICE).count()).isEqualTo(1997);
      assertThat(Assessment.of(result, List.of()).status()).isEqualTo(ExitStatus.OK);
      assertThat(Assessment.of(result, Condition.parseAll("lost<=2,late=1,lost<0.11%")).status())
          .isEqualTo(ExitStatus.OK);
      assertThat(Assessment.of(result, Condition.parseAll("lost<0.1%")).status())
          .isEqualTo(ExitStatus.UNMET);
    }
  }

  @Test
  void leavesTheWarmUpOutOfTheCounts() throws Exception {
    List<Fate> fates = new ArrayList<>(Collections.nCopies(300, Fate.PASS));
    fates.set(5, Fate.LOSE_THERE);
    fates.set(6, Fate.LOSE_BACK);
    fates.set(7, Fate.DOUBLE_BACK);
    fates.set(150, Fate.LOSE_BACK);
    fates.set(160, Fate.LOSE_THERE);
    fates.set(161, Fate.LOSE_THERE);

    try (LossyPath path = new LossyPath(fates, serve())) {
      LoadResult result =
          LoadRun.run(
              plan(path.port())
                  .pace(Pace.perSecond(500))
                  .warmup(Duration.ofMillis(200))
                  .amount(new Amount.Messages(200))
                  .build());

      assertThat(result.datagrams())
          .isEqualTo(
              new DatagramCounts(
                  200, 197, 0, 3, 0, 0, 0, 0, Optional.of(new LossDirections(2, 1, 0))));
    }
  }

  @Test
  void answersAChallenge() throws Exception {
    int port = serve(DatagramLimits.UNLIMITED, DatagramLimits.Sources.CHALLENGED);

    LoadResult result = LoadRun.run(plan(port).connections(2).build());

    assertThat(withoutDirections(result.datagrams())).isEqualTo(none(400));
  }

  @Test
  void warnsOfALimitThatLooksLikeLoss() throws Exception {
    LoadResult result =
        LoadRun.run(
            plan(serve(1000, DatagramLimits.Sources.ALL))
                .pace(Pace.perSecond(4000))
                .amount(new Amount.Messages(4000))
                .build());

    assertThat(result.datagrams().lost()).isPositive();
    assertThat(Assessment.of(result, List.of()).warnings())
        .anySatisfy(warning -> assertThat(warning).contains("--udp-rate"));
  }

  @Test
  void isIncompleteIfNothingComesBack() throws Exception {
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      LoadResult result =
          LoadRun.run(
              plan(silent.getLocalPort())
                  .amount(new Amount.Messages(20))
                  .timeout(Duration.ofMillis(100))
                  .build());

      assertThat(result.datagrams().lost()).isEqualTo(20);
      assertThat(result.datagrams().directions()).isEmpty();
      assertThat(Assessment.of(result, List.of()).status()).isEqualTo(ExitStatus.INCOMPLETE);
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void saysThatNobodyListensThere(Transport transport) throws Exception {
    if (!transport.isAvailable()) {
      return;
    }
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      port = socket.getLocalPort();
    }

    LoadResult result = LoadRun.run(plan(port).transport(transport).build());

    assertThat(result.ending()).isEqualTo(Ending.UNREACHABLE);
    assertThat(result.troubles())
        .singleElement()
        .satisfies(trouble -> assertThat(trouble.sentence()).contains("refused: nobody listens"));
    assertThat(Assessment.of(result, List.of()).status()).isEqualTo(ExitStatus.UNREACHABLE);
  }

  @Test
  void refusesWhatUdpCannotDo() {
    assertThatThrownBy(() -> plan(7).connectionUse(LoadPlan.ConnectionUse.ONE_MESSAGE).build())
        .hasMessageContaining("UDP has no connections");
    assertThatThrownBy(() -> plan(7).payload(new Generated(65_460, 65_460)).build())
        .hasMessageContaining("at most 65459");
  }
}
