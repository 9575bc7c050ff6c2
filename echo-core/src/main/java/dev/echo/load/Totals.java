package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.client.LossDirections;
import dev.echo.metrics.Distribution;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** Sums what the loops recorded, slice by slice. One thread. */
final class Totals {
  private final Map<Measure, Histogram> times = new EnumMap<>(Measure.class);
  private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
  private final List<Interval> intervals = new ArrayList<>();
  private final Counters counters = new Counters();
  private final Part warmup = new Part();
  private final Part measured = new Part();

  /** What the next slice of one kind will hold. */
  private static final class Part {
    private final Counters counters = new Counters();
    private final Histogram response = Distribution.empty();
    private final Histogram service = Distribution.empty();

    void add(Counters some, Histogram responses, Histogram services) {
      counters.addAll(some);
      addTo(response, responses);
      addTo(service, services);
    }

    void clear() {
      counters.clear();
      response.reset();
      service.reset();
    }
  }

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
    for (Verdict verdict : Verdict.values()) {
      long found = recording.verdicts(verdict);
      if (found > 0) {
        verdicts.merge(verdict, found, Long::sum);
      }
    }
    counters.addAll(recording.counters());
    counters.add(Count.SURPLUS, recording.warmup().of(Count.SURPLUS));
    warmup.add(recording.warmup(), recording.warmupResponse(), recording.warmupService());
    measured.add(
        recording.counters(), recording.of(Measure.RESPONSE), recording.of(Measure.SERVICE));
    recording.clear();
  }

  /** Whether something measured is in no slice so far. */
  boolean hasRest() {
    return !measured.counters.isClear();
  }

  /**
   * Makes an interval of what was added since the last one of its kind was made: what was measured
   * stays for the first measured one if the last of the warm-up was made late.
   */
  Interval slice(Duration from, Duration length, boolean isWarmup, Histogram pauses) {
    if (!isWarmup && pauses.getTotalCount() > 0) {
      times.computeIfAbsent(Measure.PAUSE, any -> Distribution.empty()).add(pauses);
    }
    Part part = isWarmup ? warmup : measured;
    Counters slice = part.counters;
    Interval interval =
        new Interval(
            from,
            length,
            isWarmup,
            slice.of(Count.SENT),
            slice.of(Count.ECHOED) + slice.of(Count.MISSING) + slice.of(Count.WRONG),
            slice.of(Count.ECHOED),
            slice.of(Count.MISSING),
            slice.of(Count.WRONG),
            slice.of(Count.SURPLUS),
            slice.events(),
            Distribution.of(part.response),
            Distribution.of(part.service),
            Duration.ofNanos(pauses.getMaxValue()));
    part.clear();
    pauses.reset();
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

  /** What became of all datagrams, if they were datagrams. */
  DatagramCounts datagrams(Optional<LossDirections> directions) {
    return counters.datagrams(directions);
  }

  Map<Verdict, Long> verdicts() {
    return verdicts;
  }

  Map<Measure, Distribution> times() {
    Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
    times.forEach((measure, histogram) -> distributions.put(measure, Distribution.of(histogram)));
    return distributions;
  }

  private static void addTo(Histogram sum, Histogram some) {
    if (some.getTotalCount() > 0) {
      sum.add(some);
    }
  }
}
