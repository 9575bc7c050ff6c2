package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.load.ConnectionCounts;
import dev.echo.load.DatagramEvents;
import dev.echo.load.Ending;
import dev.echo.load.Interval;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.SampleResult;
import dev.echo.metrics.Distribution;
import dev.echo.testing.Results;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTest {
  private static final Report ONE = new Report("box1.json", Results.openLoop(), Results.OK);

  @Test
  void addsUpWhatRanAtTheSameTime() throws Exception {
    Report other = report("box2.json", Results.withMissing(), 7, Duration.ofMillis(40));

    Report sum = Merge.of(List.of(ONE, other));

    LoadResult result = sum.result();
    assertThat(sum.name()).isEqualTo("box1.json + box2.json");
    assertThat(sum.assessment()).isEqualTo(Results.OK);
    assertThat(result.plan().connections()).isEqualTo(8);
    assertThat(result.plan().pace()).isEqualTo(Pace.perSecond(40_000));
    assertThat(result.counts().due()).isEqualTo(400_000);
    assertThat(result.counts().missing()).isEqualTo(400);
    assertThat(result.connections()).isEqualTo(new ConnectionCounts(8, 9, 1, 1, 7, 0));
    assertThat(result.rate()).isEqualTo(39_960);
    assertThat(result.started()).isEqualTo(Results.STARTED);
    assertThat(result.missingAges()).isEqualTo(Results.withMissing().missingAges());
    assertThat(result.time(Measure.SERVICE))
        .isEqualTo(
            Results.openLoop()
                .time(Measure.SERVICE)
                .plus(Results.withMissing().time(Measure.SERVICE)));
    assertThat(result.troubles()).hasSize(1);
    assertThat(result.troubles().get(0).sentence()).startsWith("box2.json: connection lost");
    assertThat(result.host().processors()).isEqualTo(4);
    assertThat(Facts.rate(result)).isEqualTo("39,960/s of 40,000/s");
  }

  @Test
  void putsIntervalsOnOneLineOfTime() throws Exception {
    Report other = report("box2.json", Results.openLoop(7), 7, Duration.ofMillis(2_100));

    List<Interval> intervals = Merge.of(List.of(ONE, other)).result().intervals();

    // Box 2 began two intervals later: it was still warm when box 1 measured its first two, and
    // alone in the last two.
    assertThat(intervals).hasSize(14);
    assertThat(intervals).extracting(Interval::from).isSorted().doesNotHaveDuplicates();
    assertThat(intervals.get(1).echoed()).isEqualTo(20_000);
    assertThat(intervals.get(3).echoed()).isEqualTo(20_000);
    assertThat(intervals.get(4).echoed()).isEqualTo(40_000);
    assertThat(intervals.get(13).echoed()).isEqualTo(20_000);
    assertThat(intervals).filteredOn(Interval::warmup).hasSize(2);
    Distribution both =
        Results.openLoop()
            .intervals()
            .get(5)
            .response()
            .plus(Results.openLoop(7).intervals().get(3).response());
    assertThat(intervals.get(5).response()).isEqualTo(both);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 299, 300, 400, 500, 600, 900, 1_000, 1_400})
  void losesNothingThatWasMeasuredWhateverTheLengthsOfSlices(long shiftMillis) {
    // A warm-up shorter than the interval, a pause of 3 s, and a last slice of 13 ms.
    List<Interval> one = slices(300, 1_000, 1_000, 3_000, 1_000, 13);
    List<Interval> other = slices(300, 1_000, 1_000, 1_000, 1_000, 1_000, 1_000, 13);
    LoadResult first = Results.with(Results.openLoop(), one);
    LoadResult second =
        later(Results.with(Results.openLoop(), other), Duration.ofMillis(shiftMillis));

    List<Interval> merged =
        MergedIntervals.of(List.of(first, second), first.started()).stream().toList();

    long measured = measured(one) + measured(other);
    assertThat(measured(merged)).isEqualTo(measured);
    assertThat(merged).extracting(Interval::from).isSorted();
    assertThat(merged)
        .filteredOn(Interval::warmup)
        .allMatch(each -> each.length().toMillis() == 300);
    // Nowhere more than both at full rate.
    assertThat(merged)
        .filteredOn(each -> each.length().toMillis() >= 1_000)
        .allMatch(each -> each.echoed() <= 2.6 * each.length().toMillis());
  }

  /** Of a thousand messages a second; the first is the warm-up. */
  private static List<Interval> slices(long... millis) {
    List<Interval> slices = new ArrayList<>();
    long from = 0;
    for (long length : millis) {
      slices.add(
          new Interval(
              Duration.ofMillis(from),
              Duration.ofMillis(length),
              from == 0,
              length,
              length,
              length,
              0,
              0,
              0,
              DatagramEvents.NONE,
              SampleResult.distribution(length, Duration.ofMillis(1)),
              SampleResult.distribution(length, Duration.ofMillis(1)),
              Duration.ZERO));
      from += length;
    }
    return slices;
  }

  private static long measured(List<Interval> slices) {
    return slices.stream().filter(each -> !each.warmup()).mapToLong(Interval::echoed).sum();
  }

  @Test
  void warnsOfAShortOverlapAndOfEqualSeeds() throws Exception {
    Report other = report("box2.json", Results.openLoop(), Results.SEED, Duration.ofSeconds(4));

    List<String> warnings = Merge.of(List.of(ONE, other)).assessment().warnings();

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).startsWith("the results have only 6.00 s of 10.0 s in common");
    assertThat(warnings.get(1)).startsWith("some have the same seed");
  }

  @Test
  void refusesWhatDidNotRunAtTheSameTime() {
    Report later = report("box2.json", Results.openLoop(), 7, Duration.ofSeconds(10));

    assertThatThrownBy(() -> Merge.of(List.of(later, ONE)))
        .isInstanceOf(MergeException.class)
        .hasMessage(
            "box2.json began when box1.json was over: 2026-01-02T03:04:17.678Z after"
                + " 2026-01-02T03:04:17.678Z (expected: measured at the same time)");
  }

  @Test
  void refusesResultsOfDifferentPlans() {
    LoadPlan plan = Results.plan().pace(Pace.perSecond(30_000)).seed(7).build();
    Report other = new Report("b\n", with(Results.openLoop(), plan, Duration.ZERO), Results.OK);

    assertThatThrownBy(() -> Merge.of(List.of(ONE, other)))
        .isInstanceOf(MergeException.class)
        .hasMessage("box1.json and b\\n are of different plans: rate: 20000/s and 30000/s");
  }

  @Test
  void refusesNothing() {
    assertThatThrownBy(() -> Merge.of(List.of())).isInstanceOf(MergeException.class);
  }

  @Test
  void takesTheGravestVerdictAndEnding() throws Exception {
    Report interrupted =
        new Report(
            "box2",
            with(Results.interrupted(), Results.plan().seed(8).build(), Duration.ZERO),
            Results.unmet());
    Report wrong =
        new Report(
            "box3",
            with(Results.wrongEchoes(), Results.plan().seed(9).build(), Duration.ZERO),
            Results.OK);

    Report sum = Merge.of(List.of(ONE, interrupted, wrong));

    assertThat(sum.assessment().status()).isEqualTo(ExitStatus.UNMET);
    assertThat(sum.assessment().reasons())
        .containsExactly("box2: p99 is 161 µs (expected: p99<150us)");
    assertThat(sum.assessment().checks().get(0).condition()).isEqualTo("box2: p99<150us");
    assertThat(sum.result().ending()).isEqualTo(Ending.INTERRUPTED);
    assertThat(sum.result().verdicts()).containsEntry(Verdict.CORRUPT, 10L);
    assertThat(sum.result().wrong().get(0).sentence()).startsWith("box3: 2 bits differ");
  }

  @Test
  void refusesTheSameRunTwice() {
    Report copy = new Report("copy.json", ONE.result(), ONE.assessment());

    assertThatThrownBy(() -> Merge.of(List.of(ONE, copy)))
        .isInstanceOf(MergeException.class)
        .hasMessage("box1.json and copy.json are the same run (expected: each run once)");
  }

  @Test
  void leavesASingleResultAsItIs() throws Exception {
    assertThat(Merge.of(List.of(ONE))).isEqualTo(ONE);
  }

  private static Report report(String name, LoadResult result, long seed, Duration later) {
    LoadPlan plan = result.plan().toBuilder().seed(seed).build();
    return new Report(name, with(result, plan, later), Results.OK);
  }

  private static LoadResult later(LoadResult result, Duration later) {
    return with(result, result.plan(), later);
  }

  private static LoadResult with(LoadResult result, LoadPlan plan, Duration later) {
    return new LoadResult(
        plan,
        result.host(),
        result.started().plus(later),
        result.measured(),
        result.ending(),
        result.counts(),
        result.datagrams(),
        result.connections(),
        result.times(),
        result.missingAges(),
        result.intervals(),
        result.wrong(),
        result.verdicts(),
        result.troubles());
  }
}
