package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Baseline.Figure;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineTest {
  private static final List<Condition> P99 = List.of(Condition.parse("p99<1s"));

  @Test
  void callsALargeChangeOfManyRunsARegression() {
    Baseline baseline =
        Baseline.of(runs(100, 101, 102, 103, 104), runs(120, 121, 122, 123, 124), P99, 0.1);

    assertThat(baseline.status()).isEqualTo(ExitStatus.UNMET);
    Figure figure = baseline.figures().get(0);
    assertThat(figure.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(figure.worse()).isCloseTo(0.196, within(0.002));
    assertThat(figure.probability()).isCloseTo(1 / 252.0, within(1e-9));
    assertThat(figure).hasToString("122 µs, was 102 µs: 19.6% worse, p=0.004");
  }

  @Test
  void addsACheckForEachFigureToTheVerdict() {
    Assessment run = Assessment.of(SampleResult.of().build(), List.of());

    Assessment verdict = Baseline.of(runs(100), runs(120), P99, 0.1).addTo(run);

    assertThat(verdict.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(verdict.checks())
        .containsExactly(
            new Assessment.Check(
                "p99 within 10% of the baseline",
                "120 µs, was 100 µs: 20.0% worse, not assessable with fewer than 5 runs on each"
                    + " side",
                Outcome.FAILED));
    assertThat(verdict.reasons())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("p99 within 10% of the baseline is not met: 120 µs, was 100 µs");
  }

  @Test
  void holdsAChangeWithinTheLimitHoweverSure() {
    Baseline baseline =
        Baseline.of(runs(100, 101, 102, 103, 104), runs(105, 106, 107, 108, 109), P99, 0.1);

    assertThat(baseline.status()).isEqualTo(ExitStatus.OK);
    assertThat(baseline.figures().get(0).probability()).isLessThan(0.05);
  }

  @Test
  void holdsALargeChangeThatMayBeAnAccident() {
    Baseline baseline =
        Baseline.of(runs(100, 300, 100, 100, 300), runs(130, 130, 130, 300, 100), P99, 0.1);

    Figure figure = baseline.figures().get(0);
    assertThat(figure.worse()).isGreaterThan(0.1);
    assertThat(figure.probability()).isGreaterThan(0.05);
    assertThat(baseline.status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void letsTheLimitDecideAloneWithFewRuns() {
    Baseline worse = Baseline.of(runs(100), runs(120, 121), P99, 0.1);
    Baseline same = Baseline.of(runs(100), runs(105), P99, 0.1);

    assertThat(worse.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(worse.figures().get(0).probability()).isNaN();
    assertThat(worse.figures().get(0).toString()).contains("not assessable with fewer than 5 runs");
    assertThat(same.status()).isEqualTo(ExitStatus.OK);
  }

  @Test
  void comparesNoRateOfATimeThatIsTooShort() {
    LoadPlan plan =
        SampleResult.plan().toBuilder().pace(Pace.MAX).amount(new Amount.Messages(5)).build();
    LoadResult run =
        SampleResult.of(plan)
            .times(Measure.SERVICE, 5, Duration.ofNanos(1_000))
            .measured(Duration.ofNanos(5_000))
            .build();

    Baseline baseline = Baseline.of(List.of(run), List.of(run), Condition.parseAll("rate>=1"), 0.1);

    assertThat(baseline.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(baseline.figures().get(0))
        .hasToString("the baseline has only 5 µs of measuring (a rate takes 10 ms)");
  }

  @Test
  void seesThatARateGotWorseByGettingLower() {
    List<LoadResult> after = List.of(closed(25_000));

    Baseline baseline = Baseline.of(List.of(closed(50_000)), after, List.of(), 0.1);

    assertThat(baseline.figures())
        .extracting(figure -> figure.metric().toString())
        .containsExactly("service.p50", "service.p99", "rate");
    assertThat(baseline.figures().get(2).worse()).isEqualTo(0.5);
    assertThat(baseline.figures().get(2).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void decidesNothingAboutAFigureThatASampleCannotCarry() {
    List<Condition> expected = List.of(Condition.parse("p99.99<1s"));

    Baseline baseline = Baseline.of(runs(100), runs(100), expected, 0.1);

    assertThat(baseline.figures()).extracting(Figure::outcome).containsExactly(Outcome.NOT_CARRIED);
    assertThat(baseline.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(baseline.addTo(Assessment.of(SampleResult.of().build(), List.of())).reasons())
        .containsExactly(
            "p99.99 within 10% of the baseline cannot be decided: the baseline has only 10,000"
                + " values (p99.99 takes 100,000)");
  }

  @Test
  void decidesNothingByRunsThatAreNoEvidence() {
    List<LoadResult> after =
        List.of(
            SampleResult.of().build(),
            SampleResult.of().connections(new ConnectionCounts(1, 2, 0, 1, 0, 0)).build());

    Baseline baseline = Baseline.of(runs(100), after, List.of(), 0.1);

    assertThat(baseline.status()).isEqualTo(ExitStatus.INVALID);
    assertThat(baseline.figures())
        .hasSize(3)
        .extracting(Figure::toString)
        .containsOnly("run 2 of 2 is incomplete: 1 connection ended early");
  }

  static Stream<Arguments> noEvidence() {
    Duration late = Duration.ofMillis(50);
    return Stream.of(
        Arguments.of(
            SampleResult.of().missing(3, Duration.ofSeconds(10)), "incomplete: 3 messages"),
        Arguments.of(SampleResult.of().wrong(1), "wrong: 1 message came back wrong"),
        Arguments.of(
            SampleResult.of().time(Measure.OWN_LAG, late).time(Measure.RESPONSE, late),
            "invalid: this client itself sent late"),
        Arguments.of(SampleResult.of().ending(Ending.INTERRUPTED), "cut short: it was interrupted"),
        Arguments.of(SampleResult.of().ending(Ending.FAILED), "cut short: it ended at the first"),
        Arguments.of(
            SampleResult.of().ending(Ending.UNREACHABLE), "unreachable: connecting failed"));
  }

  @ParameterizedTest
  @MethodSource("noEvidence")
  void refusesEarlierRunsThatAreNoEvidence(SampleResult run, String flaw) {
    List<LoadResult> before = List.of(SampleResult.of().build(), run.build());

    assertThatThrownBy(() -> Baseline.checkFor(before, SampleResult.plan()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("run 2 of 2 is " + flaw)
        .hasMessageEndingWith(" (expected: runs in which everything came back)");
  }

  @ParameterizedTest
  @CsvSource({
    // missing before, missing after, p99 after in ms: the others took 1 ms
    "0, 200, 1, FAILED, '>= 5 s, was 1 ms: worse, not assessable'",
    "200, 0, 1, HELD, '1 ms, was >= 5 s: better, not assessable'",
    "200, 0, 6000, NOT_CARRIED, 'too many messages are missing'",
    "200, 200, 1, NOT_CARRIED, 'too many messages are missing'",
  })
  void decidesAboutLowerBoundsOnlyWhatIsCertain(
      long missingBefore, long missingAfter, long millis, Outcome outcome, String text) {
    Figure figure =
        Baseline.of(
                List.of(datagrams(missingBefore, 1)),
                List.of(datagrams(missingAfter, millis)),
                P99,
                0.1)
            .figures()
            .get(0);

    assertThat(figure.outcome()).as(figure.toString()).isEqualTo(outcome);
    assertThat(figure.toString()).startsWith(text);
  }

  @Test
  void callsSomethingWhereThereWasNothingWorseWithoutAShare() {
    List<Condition> lost = List.of(Condition.parse("missing=0"));

    Baseline more = Baseline.of(List.of(datagrams(0, 1)), List.of(datagrams(3, 1)), lost, 0.1);
    Baseline none = Baseline.of(List.of(datagrams(3, 1)), List.of(datagrams(0, 1)), lost, 0.1);

    assertThat(more.status()).isEqualTo(ExitStatus.UNMET);
    assertThat(more.figures().get(0).toString()).startsWith("3, was 0: worse, ");
    assertThat(none.figures().get(0).toString()).startsWith("0, was 3: 100.0% better, ");
  }

  @Test
  void refusesOtherSettingsButAnotherSeed() {
    LoadPlan plan = SampleResult.plan();
    LoadPlan seeded = plan.toBuilder().seed(9).build();
    LoadPlan other =
        plan.toBuilder().connections(4).loops(plan.loops()).pace(Pace.perSecond(500)).build();

    Baseline.checkFor(runs(100), seeded);

    assertThatThrownBy(() -> Baseline.checkFor(runs(100), other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "measured on here with other settings: connections 4, was 1; rate 500/s,"
                + " was 1000/s");
  }

  @Test
  void tellsSettingsApartThatReadTheSameWhenRounded() {
    LoadPlan plan =
        SampleResult.plan().toBuilder()
            .amount(new Amount.Time(Duration.ofMillis(10_040)))
            .timeout(Duration.ofNanos(10_000_000_001L))
            .build();

    assertThat(PlanDifference.between(SampleResult.plan(), plan))
        .extracting(PlanDifference::toString)
        .containsExactly("amount 10.04 s, was 10 s", "timeout 10.000000001 s, was 10 s");
  }

  @Test
  void namesAnotherMachine() {
    List<LoadResult> before = List.of(SampleResult.of().host("elsewhere").build());

    Baseline baseline = Baseline.of(before, runs(100), P99, 0.1);

    assertThat(baseline.warnings()).hasSize(1).first().asString().contains("elsewhere", "here");
  }

  @Test
  void samplesShufflesThatAreTooManyToCount() {
    Random random = new Random(5);
    double[] low = random.doubles(12, 0, 1).toArray();
    double[] high = random.doubles(12, 0, 1).toArray();
    double[] higher = Arrays.stream(high).map(value -> value + 1).toArray();

    double same = Permutations.probability(low, high);
    double apart = Permutations.probability(low, higher);

    assertThat(same).as("seed 5").isBetween(0.05, 0.95);
    assertThat(apart).as("seed 5").isLessThan(0.001).isPositive();
    assertThat(Permutations.probability(low, high)).isEqualTo(same);
  }

  @Test
  void findsNothingInValuesThatAreAllTheSame() {
    double[] same = {3, 3, 3, 3, 3};

    assertThat(Permutations.probability(same, same)).isEqualTo(1);
  }

  private static LoadResult closed(long messages) {
    LoadCounts counts = new LoadCounts(messages, messages, messages, 0, 0, 0, 0, 0, 0, 0);
    return SampleResult.of(SampleResult.plan().toBuilder().pace(Pace.MAX).build())
        .counts(counts)
        .build();
  }

  /** Of 10,000 over UDP some are missing, and the others took so long. */
  private static LoadResult datagrams(long missing, long millis) {
    long echoed = 10_000 - missing;
    LoadPlan plan =
        LoadPlan.builder(new UdpEndpoint("127.0.0.1", 65432))
            .pace(Pace.perSecond(1000))
            .loops(1)
            .build();
    SampleResult run =
        SampleResult.of(plan)
            .datagrams(
                new DatagramCounts(10_000, echoed, 0, missing, 0, 0, 0, 0, Optional.empty()));
    return (missing == 0 ? run : run.missing(missing, Duration.ofSeconds(5)))
        .time(Measure.RESPONSE, Duration.ofMillis(millis))
        .build();
  }

  private static List<LoadResult> runs(int... micros) {
    return Arrays.stream(micros)
        .mapToObj(
            each ->
                SampleResult.of().time(Measure.RESPONSE, Duration.ofNanos(each * 1000L)).build())
        .toList();
  }
}
