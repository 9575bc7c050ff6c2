package dev.echo.payload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.load.Amount;
import dev.echo.load.Assessment;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.LoadRun;
import dev.echo.load.Pace;
import dev.echo.payload.Fault.Damage;
import dev.echo.server.EchoServer;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A whole run, over sockets, through a path that damages one message of a hundred. */
@Timeout(120)
class PathDetectionTest {
  /** Together 10,000 and more, over all setups. */
  private static final int FAULTS = 1_680;

  private static final int ROUND_MESSAGES = 100;

  private static EchoServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        EchoServer.builder()
            .listen(TcpEndpoint.of("127.0.0.1", 0))
            .start()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  static void end() throws Exception {
    server.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "FRAMES, ON, AWARE, 32, 32, 1",
    "FRAMES, ON, AWARE, 32, 1500, 2",
    "FRAMES, OFF, AWARE, 64, 64, 3",
    "FRAMES, OFF, AWARE, 32, 1500, 4",
    "STREAM, OFF, PLAIN, 32, 32, 5",
    "STREAM, OFF, PLAIN, 32, 1500, 6"
  })
  void findsEachFaultOfAPathAndNothingElse(
      ClientMode mode, Stamps stamps, Peer peer, int least, int most, long seed) throws Exception {
    PayloadSource source = new PayloadSource.Generated(least, most);
    HonestPath path = new HonestPath(new Script(mode, stamps, source, seed), peer);
    try (FaultyProxy proxy = new FaultyProxy(server.endpoints().get(0), path, seed)) {
      LoadPlan plan =
          LoadPlan.builder(proxy.endpoint())
              .mode(mode)
              .stamps(stamps)
              .payload(source)
              .seed(seed)
              .pace(Pace.MAX)
              .inFlight(256)
              .amount(new Amount.Messages((long) FAULTS * ROUND_MESSAGES))
              .warmup(Duration.ZERO)
              .build();

      LoadResult result = LoadRun.run(plan);

      List<Damage> done = proxy.done();
      assertThat(done).hasSizeGreaterThanOrEqualTo(FAULTS);
      for (int i = 0; i < result.wrong().size(); i++) {
        WrongEcho wrong = result.wrong().get(i);
        Damage damage = done.get(i);
        assertThat(wrong.verdict()).as("fault %d: %s", i, wrong).isEqualTo(damage.verdict());
        assertThat(wrong.connection()).as("fault %d: %s", i, wrong).isEqualTo(1);
        assertThat(wrong.sequence()).as("fault %d: %s", i, wrong).isEqualTo(damage.sequence());
        assertThat(wrong.amount()).as("fault %d: %s", i, wrong).isEqualTo(damage.amount());
      }
      assertThat(result.verdicts()).isEqualTo(counts(done));
      assertThat(result.wrong()).hasSize(100);
      assertThat(result.counts().missing()).isZero();
      assertThat(result.connections().lost()).isZero();
      assertThat(Assessment.of(result, List.of()).status()).isEqualTo(ExitStatus.WRONG);
    }
  }

  private static Map<Verdict, Long> counts(List<Damage> done) {
    Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
    done.forEach(damage -> counts.merge(damage.verdict(), 1L, Long::sum));
    return counts;
  }
}
