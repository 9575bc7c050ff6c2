package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Sums what the loops recorded, slice by slice. One thread. */
final class Totals {
  private final Map<Measure, Histogram> times = new EnumMap<>(Measure.class);
  private final List<Interval> intervals = new ArrayList<>();
  private final Histogram sliceResponse = Distribution.empty();
  private final Histogram sliceService = Distribution.empty();
  private final Counters counters = new Counters();
  private final Counters slice = new Counters();

  /** Adds what one loop recorded, and clears it. */
  void add(Recording recording) {
    recording
        .times()
        .forEach(
            (measure, histogram) -> {
              if (histogram.getTotalCount() > 0) {
                times.computeIfAbsent(measure, any -> Distribution.empty()).add(histogram);
              }
            });
    counters.addAll(recording.counters());
    slice.addAll(recording.counters());
    addTo(sliceResponse, recording.of(Measure.RESPONSE), recording.warmupResponse());
    addTo(sliceService, recording.of(Measure.SERVICE), recording.warmupService());
    recording.clear();
  }

  /** Makes an interval of what was added since the last one was made. */
  Interval slice(Duration from, Duration length, boolean warmup, Histogram pauses) {
    if (!warmup && pauses.getTotalCount() > 0) {
      times.computeIfAbsent(Measure.PAUSE, any -> Distribution.empty()).add(pauses);
    }
    Interval interval =
        new Interval(
            from,
            length,
            warmup,
            slice.of(Count.ALL_SENT),
            slice.of(Count.ALL_ECHOED),
            slice.of(Count.ALL_WRONG),
            slice.datagrams(),
            Distribution.of(sliceResponse),
            Distribution.of(sliceService),
            Duration.ofNanos(pauses.getMaxValue()));
    sliceResponse.reset();
    sliceService.reset();
    pauses.reset();
    slice.clear();
    return interval;
  }

  void keep(Interval interval) {
    intervals.add(interval);
  }

  List<Interval> intervals() {
    return intervals;
  }

  /** What became of all messages, once none is under way. */
  LoadCounts counts() {
    return counters.counts();
  }

  Map<Measure, Distribution> times() {
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    times.forEach((measure, histogram) -> distributions.put(measure, Distribution.of(histogram)));
    return distributions;
  }

  private static void addTo(Histogram sum, Histogram... some) {
    for (Histogram each : some) {
      if (each.getTotalCount() > 0) {
        sum.add(each);
      }
    }
  }
}
