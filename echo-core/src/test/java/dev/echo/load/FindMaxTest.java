package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.MaxRate.Limit;
import dev.echo.load.MaxRate.Outcome;
import dev.echo.load.MaxRate.Step;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindMaxTest {
  private static final List<Condition> P99 = Condition.parseAll("p99<5ms");

  @ParameterizedTest
  @ValueSource(doubles = {150, 300, 999, 1000, 1001, 12_345, 3_700_000})
  void comesWithinFivePercent(double capacity) {
    MaxRate found = find(P99, rate -> path(rate, capacity));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isLessThanOrEqualTo(capacity);
    assertThat(found.fails()).isGreaterThan(capacity).isLessThan(found.holds() * 1.06);
    assertThat(found.status()).isEqualTo(ExitStatus.OK);
    assertThat(found.steps()).hasSizeLessThan(40);
  }

  @Test
  void confirmsTheAnswerThreeTimesAndSaysWhereItFails() {
    List<Step> seen = new ArrayList<>();
    MaxRate found =
        FindMax.start(P99, rate -> stage(path(rate, 5_000)), seen::add)
            .toCompletableFuture()
            .join();

    assertThat(seen).isEqualTo(found.steps());
    List<Step> last = seen.subList(seen.size() - 3, seen.size());
    assertThat(last).extracting(Step::rate).containsOnly(found.holds());
    assertThat(last).extracting(Step::outcome).containsOnly(Outcome.HOLDS);
    assertThat(seen).extracting(Step::rate).startsWith(1000.0, 2000.0, 4000.0, 8000.0, 5660.0);
    assertThat(found.lines())
        .containsExactly(
            "p99<5ms holds at 4,970/s (3 of 3 runs)",
            "fails at 5,190/s: p99<5ms is not met: 50 ms");
  }

  @Test
  void cannotSayWhichRateHoldsInATimeThatIsTooShortForARate() {
    MaxRate found =
        find(
            Condition.parseAll("p50<5ms"),
            rate -> SampleResult.at(rate).counts(few()).measured(Duration.ofMillis(9)));

    assertThat(found.limit()).isEqualTo(Limit.UNDECIDED);
    assertThat(found.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(found.steps().get(0).why())
        .isEqualTo("too short for a rate: it takes 10 ms, and 9 ms were measured");
  }

  private static LoadCounts few() {
    return new LoadCounts(10, 10, 10, 0, 0, 0, 0, 0, 640, 1040);
  }

  /** At the lower rates there are too few messages for the percentile. */
  @Test
  void saysThatASlowPathHoldsNowhereThoughItsLastRunsAreSmall() {
    MaxRate found =
        find(P99, rate -> SampleResult.at(rate).time(Measure.RESPONSE, Duration.ofMillis(20)));

    assertThat(found.limit()).isEqualTo(Limit.NOWHERE);
    assertThat(found.lines()).first().isEqualTo("p99<5ms holds nowhere");
  }

  @Test
  void goesDownWhereTheAnswerIsNotSteady() {
    List<Double> tried = new ArrayList<>();
    MaxRate found =
        find(
            P99,
            rate -> {
              // Holds once at a rate that it does not hold for long.
              boolean again = tried.contains(rate);
              tried.add(rate);
              return path(rate, again ? 4_500 : 5_000);
            });

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isLessThanOrEqualTo(4_500);
    List<Step> last = found.steps().subList(found.steps().size() - 3, found.steps().size());
    assertThat(last).extracting(Step::rate).containsOnly(found.holds());
    assertThat(found.fails()).isGreaterThan(4_500).isLessThan(found.holds() * 1.06);
  }

  @Test
  void saysAtLeastWhereTheClientIsTheLimit() {
    MaxRate found = find(P99, rate -> rate <= 20_000 ? path(rate, 1e9) : late(rate));

    assertThat(found.limit()).isEqualTo(Limit.CLIENT);
    assertThat(found.holds()).isBetween(19_000.0, 20_000.0);
    assertThat(found.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(found.lines().get(0)).startsWith("p99<5ms holds at least at ");
    assertThat(found.lines().get(1)).contains("this client itself sent late");
    assertThat(verdict(found).status()).isEqualTo(ExitStatus.INVALID);
    assertThat(verdict(found).reasons())
        .containsExactly("the highest rate is a lower bound: this client is the limit");
  }

  @Test
  void holdsWhatHoldsAlthoughTheClientIsLate() {
    List<Condition> loose = Condition.parseAll("p99<50ms");

    MaxRate found =
        find(
            loose,
            rate -> rate < 3_000 ? late(rate) : path(rate, 1).missing(1, Duration.ofSeconds(10)));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isBetween(2_850.0, 3_000.0);
  }

  @Test
  void isShownByARunAtItsAnswer() {
    MaxRate found = find(P99, rate -> path(rate, 5_000));
    MaxRate interrupted =
        find(
            P99,
            rate ->
                rate < 3_000 ? path(rate, 1e9) : SampleResult.at(rate).ending(Ending.INTERRUPTED));
    MaxRate nowhere = find(Condition.parseAll("max<5ms"), rate -> path(rate, 0));

    assertThat(found.shown()).isSameAs(found.steps().get(found.steps().size() - 1));
    assertThat(interrupted.shown().rate()).isEqualTo(interrupted.holds());
    assertThat(nowhere.shown()).isSameAs(nowhere.steps().get(nowhere.steps().size() - 1));
  }

  @Test
  void triesAgainWhereTheClientWasLateOnce() {
    List<Double> tried = new ArrayList<>();
    MaxRate found =
        find(
            P99,
            rate -> {
              boolean again = tried.contains(rate);
              tried.add(rate);
              return again ? path(rate, 5_000) : late(rate);
            });

    assertThat(tried).startsWith(1000.0, 1000.0, 2000.0, 2000.0, 4000.0, 4000.0, 8000.0, 8000.0);
    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isEqualTo(4_970);
    assertThat(found.fails()).isEqualTo(5_190);
  }

  @Test
  void countsARateThatWasNotReachedAsFailing() {
    List<Condition> missing = Condition.parseAll("missing=0");

    MaxRate found =
        find(
            missing,
            rate ->
                rate <= 3_000 ? path(rate, 1e9) : path(rate, 1e9).sentShare(0.7).held(0, 500, 0));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isBetween(2_850.0, 3_000.0);
    assertThat(found.lines().get(1)).contains("room in a full socket");
  }

  @Test
  void countsARateThatCameBackLaterAsFailing() {
    List<Condition> missing = Condition.parseAll("missing=0");

    MaxRate found = find(missing, rate -> path(rate, 1e9).returnedShare(Math.min(1, 200 / rate)));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isBetween(190.0, 203.0);
    assertThat(found.lines().get(1)).matches("fails at \\d+/s: came back at 200/s of \\d+/s");
  }

  @Test
  void holdsARateOfWhichAsMuchIsLostAsIsAllowed() {
    List<Condition> lossy = Condition.parseAll("lost<5%");

    MaxRate found =
        find(lossy, rate -> rate < 3_000 ? datagrams(rate, 0.03) : datagrams(rate, 0.1));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isBetween(2_850.0, 3_000.0);
  }

  private static SampleResult datagrams(double rate, double loss) {
    LoadPlan plan =
        LoadPlan.builder(new UdpEndpoint("127.0.0.1", 65432))
            .pace(Pace.perSecond(rate))
            .loops(1)
            .build();
    long sent = Math.round(rate * 10);
    long lost = Math.round(sent * loss);
    return SampleResult.of(plan)
        .missing(lost, Duration.ofSeconds(10))
        .datagrams(new DatagramCounts(sent, sent - lost, 0, lost, 0, 0, 0, 0, Optional.empty()));
  }

  @Test
  void saysWhereItHoldsNowhere() {
    MaxRate found = find(Condition.parseAll("max<5ms"), rate -> path(rate, 0));

    assertThat(found.limit()).isEqualTo(Limit.NOWHERE);
    assertThat(found.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(found.holds()).isZero();
    assertThat(found.lines())
        .containsExactly("max<5ms holds nowhere", "fails at 1.96/s: max<5ms is not met: 50 ms");
  }

  @Test
  void goesUpWhereASlowRunIsTooSmallToSay() {
    List<Condition> p9999 = Condition.parseAll("p99.99<5ms");

    MaxRate found = find(p9999, rate -> path(rate, 40_000));
    MaxRate undecided = find(p9999, rate -> path(rate, 3_000));

    assertThat(found.limit()).isEqualTo(Limit.PATH);
    assertThat(found.holds()).isBetween(38_000.0, 40_000.0);
    assertThat(undecided.limit()).isEqualTo(Limit.UNDECIDED);
    assertThat(undecided.status()).isEqualTo(ExitStatus.INVALID);
  }

  @Test
  void endsAtAWrongEchoAndAtAPeerThatIsNotThere() {
    MaxRate wrong =
        find(P99, rate -> rate < 3_000 ? path(rate, 1e9) : SampleResult.at(rate).wrong(1));
    MaxRate gone =
        find(
            P99,
            rate ->
                SampleResult.at(rate)
                    .connections(new ConnectionCounts(1, 0, 1, 0, 0, 0))
                    .ending(Ending.UNREACHABLE));

    assertThat(wrong.limit()).isEqualTo(Limit.BROKEN);
    assertThat(wrong.steps()).hasSize(3);
    assertThat(wrong.status()).isEqualTo(ExitStatus.WRONG);
    assertThat(gone.steps()).hasSize(1);
    assertThat(gone.status()).isEqualTo(ExitStatus.UNREACHABLE);
  }

  @Test
  void endsWhenSomebodyEndsARun() {
    MaxRate found =
        find(
            P99,
            rate ->
                rate < 3_000 ? path(rate, 1e9) : SampleResult.at(rate).ending(Ending.INTERRUPTED));

    assertThat(found.limit()).isEqualTo(Limit.INTERRUPTED);
    assertThat(found.holds()).isEqualTo(2_000);
    assertThat(found.lines()).containsExactly("interrupted; p99<5ms held at 2,000/s, unconfirmed");
  }

  @Test
  void endsAtTheHighestRateThereIs() {
    MaxRate found = find(P99, rate -> path(rate, Double.MAX_VALUE));

    assertThat(found.limit()).isEqualTo(Limit.CLIENT);
    assertThat(found.holds()).isGreaterThan(5e8);
  }

  private static Assessment verdict(MaxRate found) {
    LoadResult last = found.steps().get(found.steps().size() - 1).result();
    return found.addTo(Assessment.of(last, found.conditions()));
  }

  private static SampleResult path(double rate, double capacity) {
    return SampleResult.at(rate)
        .time(Measure.RESPONSE, rate <= capacity ? Duration.ofMillis(1) : Duration.ofMillis(50));
  }

  private static SampleResult late(double rate) {
    return SampleResult.at(rate)
        .time(Measure.OWN_LAG, Duration.ofMillis(30))
        .time(Measure.RESPONSE, Duration.ofMillis(31));
  }

  private static MaxRate find(List<Condition> conditions, DoubleFunction<SampleResult> path) {
    return FindMax.start(conditions, rate -> stage(path.apply(rate)), step -> {})
        .toCompletableFuture()
        .join();
  }

  private static CompletableFuture<LoadResult> stage(SampleResult result) {
    return CompletableFuture.completedFuture(result.build());
  }
}
