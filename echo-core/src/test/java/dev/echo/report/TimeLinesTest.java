package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.load.SampleResult;
import dev.echo.metrics.Distribution;
import dev.echo.report.Chart.Series;
import dev.echo.testing.Results;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLinesTest {
  @Test
  void drawsWhatHappenedToDatagramsIfAnythingDid() {
    LoadResult lossy = with(Results.openLoop(), 7, new DatagramEvents(30, 2, 0, 1));

    List<Chart> charts = TimeLines.of(lossy);

    assertThat(charts).extracting(Chart::id).containsExactly("times", "rate", "datagrams");
    Chart datagrams = charts.get(2);
    assertThat(datagrams.series())
        .extracting(Series::name)
        .containsExactly("lost", "late", "reordered");
    assertThat(datagrams.series().get(0).values().subList(6, 9)).containsExactly(0.0, 30.0, 0.0);
  }

  @Test
  void drawsNoDatagramsWhereNothingHappenedToAny() {
    assertThat(TimeLines.of(Results.openLoop()))
        .extracting(Chart::id)
        .containsExactly("times", "rate");
  }

  @Test
  void drawsNoCliffAtAShortLastSlice() {
    List<Interval> intervals = new ArrayList<>(Results.openLoop().intervals());
    Interval last = intervals.get(intervals.size() - 1);
    intervals.add(
        new Interval(
            last.from().plus(last.length()),
            Duration.ofMillis(13),
            false,
            5,
            5,
            5,
            0,
            0,
            0,
            DatagramEvents.NONE,
            SampleResult.distribution(5, Duration.ofMillis(1)),
            SampleResult.distribution(5, Duration.ofMillis(1)),
            Duration.ZERO));
    LoadResult result = Results.with(Results.openLoop(), intervals);
    Report report = new Report("r", result, Results.OK);

    for (List<Chart> charts :
        List.of(TimeLines.of(result), TimeLines.of(Comparison.of(List.of(report, report))))) {
      Chart rate = charts.get(1);
      assertThat(rate.xs()).hasSize(12);
      assertThat(rate.series().get(0).values().get(11)).isBetween(19_000.0, 20_000.0);
    }
  }

  @Test
  void expectsNothingAfterTheLastMessageWasDue() {
    List<Interval> intervals = new ArrayList<>(Results.openLoop().intervals());
    for (int second = 12; second < 15; second++) {
      intervals.add(
          new Interval(
              Duration.ofSeconds(second),
              Duration.ofSeconds(1),
              false,
              0,
              0,
              0,
              0,
              0,
              0,
              DatagramEvents.NONE,
              Distribution.EMPTY,
              Distribution.EMPTY,
              Duration.ZERO));
    }

    Chart rate = TimeLines.of(Results.with(Results.openLoop(), intervals)).get(1);

    Series expected = rate.series().get(2);
    assertThat(expected.name()).isEqualTo("expected");
    assertThat(expected.values().subList(11, 15)).containsExactly(20_000.0, null, null, null);
  }

  private static LoadResult with(LoadResult result, int slice, DatagramEvents datagrams) {
    List<Interval> intervals = new ArrayList<>(result.intervals());
    Interval one = intervals.get(slice);
    intervals.set(
        slice,
        new Interval(
            one.from(),
            one.length(),
            one.warmup(),
            one.sent(),
            one.due(),
            one.echoed(),
            one.missing(),
            one.wrong(),
            one.surplus(),
            datagrams,
            one.response(),
            one.service(),
            one.maxPause()));
    return Results.with(result, intervals);
  }
}
