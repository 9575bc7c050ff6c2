package dev.echo.report;

import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The intervals of several results on one line of time, each put to the nearest slice of it. */
final class MergedIntervals {
  private MergedIntervals() {}

  static List<Interval> of(List<LoadResult> results, Instant started) {
    long length = results.get(0).plan().interval().toNanos();
    Map<Long, Interval> slices = new TreeMap<>();
    for (LoadResult result : results) {
      long shift = Duration.between(started, result.started()).toNanos();
      for (Interval each : result.intervals()) {
        long slice = Math.round((each.from().toNanos() + shift) / (double) length);
        Interval moved = at(each, Duration.ofNanos(slice * length));
        slices.merge(slice, moved, MergedIntervals::sum);
      }
    }
    return new ArrayList<>(slices.values());
  }

  private static Interval at(Interval interval, Duration from) {
    return new Interval(
        from,
        interval.length(),
        interval.warmup(),
        interval.sent(),
        interval.echoed(),
        interval.wrong(),
        interval.datagrams(),
        interval.response(),
        interval.service(),
        interval.maxPause());
  }

  private static Interval sum(Interval one, Interval other) {
    return new Interval(
        one.from(),
        longer(one.length(), other.length()),
        one.warmup() || other.warmup(),
        one.sent() + other.sent(),
        one.echoed() + other.echoed(),
        one.wrong() + other.wrong(),
        one.datagrams().plus(other.datagrams()),
        one.response().plus(other.response()),
        one.service().plus(other.service()),
        longer(one.maxPause(), other.maxPause()));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
