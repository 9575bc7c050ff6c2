package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.load.ConnectionCounts;
import dev.echo.load.Ending;
import dev.echo.load.Interval;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.metrics.Distribution;
import dev.echo.payload.Verdict;
import dev.echo.testing.Results;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    assertThat(result.connections()).isEqualTo(new ConnectionCounts(8, 9, 1, 1, 7));
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

    // Box 2 began two intervals later, so box 1 was alone in the first two, and it in the last two.
    assertThat(intervals).hasSize(14);
    assertThat(intervals).extracting(Interval::from).isSorted().doesNotHaveDuplicates();
    assertThat(intervals.get(1).echoed()).isEqualTo(20_000);
    assertThat(intervals.get(2).echoed()).isEqualTo(40_000);
    assertThat(intervals.get(13).echoed()).isEqualTo(20_000);
    assertThat(intervals).filteredOn(Interval::warmup).hasSize(4);
    Distribution both =
        Results.openLoop()
            .intervals()
            .get(5)
            .response()
            .plus(Results.openLoop(7).intervals().get(3).response());
    assertThat(intervals.get(5).response()).isEqualTo(both);
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
    LoadPlan plan = Results.plan().pace(Pace.perSecond(10_000)).seed(7).build();
    Report other = new Report("b\n", with(Results.openLoop(), plan, Duration.ZERO), Results.OK);

    assertThatThrownBy(() -> Merge.of(List.of(ONE, other)))
        .isInstanceOf(MergeException.class)
        .hasMessage("box1.json and b\\n are of different plans: rate: 20000/s and 10000/s");
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
  void leavesASingleResultAsItIs() throws Exception {
    assertThat(Merge.of(List.of(ONE))).isEqualTo(ONE);
  }

  private static Report report(String name, LoadResult result, long seed, Duration later) {
    LoadPlan plan = result.plan().toBuilder().seed(seed).build();
    return new Report(name, with(result, plan, later), Results.OK);
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
