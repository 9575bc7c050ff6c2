package dev.echo.client.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.DatagramCounts;
import dev.echo.client.Peer;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.ping.FlowResult;
import dev.echo.ping.PingCounts;
import dev.echo.ping.PingPlan;
import dev.echo.ping.PingResult;
import dev.echo.text.ExitStatus;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PingSummaryTest {
  @Test
  void showsTheSlowAndTheLossyFlowAmongTheOthers() {
    PingResult result =
        result(
            flow(1, 40_001, 210, 10, 0),
            flow(2, 40_002, 1900, 10, 0),
            flow(3, 40_003, 220, 7, 3),
            new FlowResult(
                4,
                null,
                Peer.UNKNOWN,
                ExitStatus.UNREACHABLE,
                new PingCounts(10, 0, 0, 10, 0, 0, 0),
                DatagramCounts.NONE,
                0,
                Distribution.EMPTY,
                Distribution.EMPTY,
                0));

    assertThat(new PingSummary(result).lines())
        .containsSequence(
            "flow  port   sent echoed missing wrong again   min ms   p50 ms   p99 ms   max ms"
                + "  verdict",
            "   1 40001     10     10       0     0     0    0.210    0.210        -    0.210  ok",
            "   2 40002     10     10       0     0     0     1.90     1.90        -     1.90"
                + "  ok, slow: 8.6 times the others",
            "   3 40003     10      7       3     0     0    0.220    0.220        -    0.220"
                + "  incomplete",
            "   4     -      0      0      10     0     0        -        -        -        -"
                + "  unreachable",
            "40 due, 30 sent, 27 echoed, 13 missing, 0 wrong")
        .endsWith("unreachable: 1 of 4 flows never had a connection");
  }

  @Test
  void countsTheConnectionsThatWereMadeAgainInTheVerdict() {
    String ok = "ok: every byte came back as it was sent";

    assertThat(verdict(0)).isEqualTo(ok);
    assertThat(verdict(1)).isEqualTo(ok + "; 1 reconnect");
    assertThat(verdict(2)).isEqualTo(ok + "; 2 reconnects");
    assertThat(verdict(1200)).isEqualTo(ok + "; 1,200 reconnects");
  }

  private static String verdict(long reconnects) {
    FlowResult flow = flow(1, 1, 200, 10, 0);
    List<String> lines =
        new PingSummary(
                result(
                    new FlowResult(
                        flow.flow(),
                        flow.local(),
                        flow.peer(),
                        flow.status(),
                        flow.counts(),
                        flow.datagrams(),
                        reconnects,
                        flow.service(),
                        flow.residence(),
                        flow.unusableStamps())))
            .lines();
    return lines.get(lines.size() - 1);
  }

  @Test
  void callsNoFlowSlowThatIsWithinTheFloorOfTheOthers() {
    PingResult result = result(flow(1, 1, 20, 10, 0), flow(2, 2, 60, 10, 0));

    assertThat(String.join("\n", new PingSummary(result).lines())).doesNotContain("slow");
  }

  @Test
  void callsTheOneOfTwoSlowThatIs() {
    PingResult result = result(flow(1, 1, 5000, 10, 0), flow(2, 2, 200, 10, 0));

    assertThat(new PingSummary(result).lines().get(2)).endsWith("slow: 25.0 times the others");
    assertThat(new PingSummary(result).lines().get(3)).endsWith("  ok");
  }

  @Test
  void callsAFloorUnusableThatIsAboveTheTimesItIsTheFloorOf() {
    String unusable = "           (unusable: above the times that it is to be the floor of)";

    assertThat(new PingSummary(result(flow(1, 1, 20, 10, 0))).lines()).contains(unusable);
    assertThat(new PingSummary(result(flow(1, 1, 200, 10, 0))).lines()).doesNotContain(unusable);
    assertThat(new PingSummary(result(flow(1, 1, 20, 0, 10))).lines()).doesNotContain(unusable);
  }

  @Test
  void showsNoPercentileThatTheSampleDoesNotCarry() {
    PingResult few = result(flow(1, 1, 200, 999, 0));
    PingResult enough = result(flow(1, 1, 200, 1000, 0));

    assertThat(String.join("\n", new PingSummary(few).lines())).contains("p99 - (takes");
    assertThat(String.join("\n", new PingSummary(enough).lines())).contains("p99 0.200 ms");
  }

  private static PingResult result(FlowResult... flows) {
    PingPlan plan =
        PingPlan.builder(TcpEndpoint.of("127.0.0.1", 7)).flows(flows.length).count(1).build();
    return new PingResult(
        plan, Instant.EPOCH, Duration.ofSeconds(9), times(40, 100), List.of(flows));
  }

  private static FlowResult flow(int flow, int port, long micros, long echoed, long missing) {
    return new FlowResult(
        flow,
        new InetSocketAddress("127.0.0.1", port),
        Peer.AWARE,
        missing == 0 ? ExitStatus.OK : ExitStatus.INCOMPLETE,
        new PingCounts(echoed + missing, echoed + missing, echoed, missing, 0, 0, 0),
        DatagramCounts.NONE,
        0,
        times(micros, echoed),
        Distribution.EMPTY,
        0);
  }

  private static Distribution times(long micros, long count) {
    Histogram histogram = Distribution.empty();
    histogram.recordValueWithCount(micros * 1000, count);
    return Distribution.of(histogram);
  }
}
