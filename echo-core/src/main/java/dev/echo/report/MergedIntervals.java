package dev.echo.report;

import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The slices of several results on one line of time. Slices are not all of one length: the last of
 * the warm-up, the last of all, and those in which a machine paused. So each goes with those that
 * it shares most of its time with, and none is cut. What was measured is never put to a warm-up:
 * slices of a warm-up that lie behind the first measured one are left out.
 */
final class MergedIntervals {
  private static final Comparator<Interval> BY_TIME = Comparator.comparing(Interval::from);

  private MergedIntervals() {}

  static List<Interval> of(List<LoadResult> results, Instant started) {
    List<Interval> warmups = new ArrayList<>();
    List<Interval> measured = new ArrayList<>();
    for (LoadResult result : results) {
      Duration shift = Duration.between(started, result.started());
      for (Interval each : result.intervals()) {
        (each.warmup() ? warmups : measured).add(each.at(each.from().plus(shift)));
      }
    }
    measured.sort(BY_TIME);
    if (!measured.isEmpty()) {
      Duration begin = measured.get(0).from();
      warmups.removeIf(each -> middle(each) >= begin.toNanos());
    }
    warmups.sort(BY_TIME);
    List<Interval> all = merged(warmups);
    all.addAll(merged(measured));
    return all;
  }

  private static List<Interval> merged(List<Interval> slices) {
    List<Interval> merged = new ArrayList<>();
    for (Interval each : slices) {
      int last = merged.size() - 1;
      if (last >= 0 && belongTogether(merged.get(last), each)) {
        merged.set(last, sum(merged.get(last), each));
      } else {
        merged.add(each);
      }
    }
    return merged;
  }

  /** Whether they share half of the shorter one; two of the same machine share nothing. */
  private static boolean belongTogether(Interval one, Interval other) {
    long shared =
        Math.min(end(one), end(other)) - Math.max(one.from().toNanos(), other.from().toNanos());
    long shorter = Math.min(one.length().toNanos(), other.length().toNanos());
    return shared > 0 && shared >= shorter / 2;
  }

  /** As long as the longer one, so that what comes next is compared with that. */
  private static Interval sum(Interval one, Interval other) {
    Interval longer = one.length().compareTo(other.length()) >= 0 ? one : other;
    return one.plus(other, longer.from(), longer.length());
  }

  private static long end(Interval interval) {
    return interval.from().plus(interval.length()).toNanos();
  }

  private static long middle(Interval interval) {
    return interval.from().plus(interval.length().dividedBy(2)).toNanos();
  }
}
