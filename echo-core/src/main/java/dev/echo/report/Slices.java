package dev.echo.report;

import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Slices of a run as they are drawn. */
final class Slices {
  private Slices() {}

  /**
   * What can be drawn: a slice of less than half the usual length, as the last of a run, is a part
   * of the one before, since the few echoes in it make no rate.
   */
  static List<Interval> drawn(LoadResult result) {
    long half = result.plan().interval().toNanos() / 2;
    List<Interval> drawn = new ArrayList<>();
    for (Interval each : result.intervals()) {
      int last = drawn.size() - 1;
      boolean isPart =
          last >= 0 && each.length().toNanos() < half && drawn.get(last).warmup() == each.warmup();
      if (isPart) {
        Interval before = drawn.get(last);
        Duration length = each.from().plus(each.length()).minus(before.from());
        drawn.set(last, before.plus(each, before.from(), length));
      } else {
        drawn.add(each);
      }
    }
    return drawn;
  }
}
