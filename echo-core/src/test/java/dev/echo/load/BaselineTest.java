package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Baseline.Figure;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

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
  void seesThatARateGotWorseByGettingLower() {
    LoadCounts half = new LoadCounts(10_000, 10_000, 5_000, 5_000, 0, 0, 0, 0, 0, 0);
    List<LoadResult> after = List.of(SampleResult.of().counts(half).build());

    Baseline baseline = Baseline.of(runs(100), after, List.of(), 0.1);

    assertThat(baseline.figures())
        .extracting(figure -> figure.metric().toString())
        .containsExactly("p50", "p99", "rate");
    assertThat(baseline.figures().get(2).worse()).isEqualTo(0.5);
    assertThat(baseline.figures().get(2).outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void saysWhereTheSampleCannotCarryAFigure() {
    List<Condition> expected = List.of(Condition.parse("p99.99<1s"));

    Baseline baseline = Baseline.of(runs(100), runs(100), expected, 0.1);

    assertThat(baseline.figures()).extracting(Figure::outcome).containsExactly(Outcome.NOT_CARRIED);
    assertThat(baseline.status()).isEqualTo(ExitStatus.OK);
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
            "baseline: measured on here with other settings: connections 4, was 1; rate 500/s,"
                + " was 1000/s");
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

  private static List<LoadResult> runs(int... micros) {
    return Arrays.stream(micros)
        .mapToObj(
            each ->
                SampleResult.of().time(Measure.RESPONSE, Duration.ofNanos(each * 1000L)).build())
        .toList();
  }
}
