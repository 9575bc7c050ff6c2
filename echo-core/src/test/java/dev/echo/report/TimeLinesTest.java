package dev.echo.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.report.Chart.Series;
import dev.echo.testing.Results;
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
            one.echoed(),
            one.wrong(),
            datagrams,
            one.response(),
            one.service(),
            one.maxPause()));
    return new LoadResult(
        result.plan(),
        result.host(),
        result.started(),
        result.measured(),
        result.ending(),
        result.counts(),
        result.datagrams(),
        result.connections(),
        result.times(),
        result.missingAges(),
        intervals,
        result.wrong(),
        result.verdicts(),
        result.troubles());
  }
}
