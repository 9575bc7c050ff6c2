package dev.echo.load;

import dev.echo.metrics.Distribution;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Takes what the loops recorded, slice by slice, and what is summed of it. One thread. */
final class Slicer {
  /** A cut that is so late was held up by a pause. */
  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Ticker clock;
  private final PauseMeter pauses;
  private final List<Recording> spares = new ArrayList<>();
  private final Totals totals = new Totals();
  private Histogram sparePauses = Distribution.empty();

  Slicer(Ticker clock, PauseMeter pauses) {
    this.clock = clock;
    this.pauses = pauses;
  }

  Totals totals() {
    return totals;
  }

  /**
   * Makes a slice of all since the last one until now, which may be later than it should; but none
   * holds both warm-up and measured time.
   *
   * @param startNanos when the run began
   * @param fromNanos when the last one ended
   * @param firstMeasuredNanos when the measured time begins
   */
  Interval cut(List<Driver> drivers, long startNanos, long fromNanos, long firstMeasuredNanos)
      throws InterruptedException {
    collect(drivers);
    long now = Math.max(fromNanos, clock.nanoTime());
    boolean isWarmup = fromNanos < firstMeasuredNanos;
    boolean isLate = isWarmup && now - firstMeasuredNanos > LATE_NANOS;
    long end = isWarmup ? Math.min(now, firstMeasuredNanos) : now;
    if (!isLate) {
      // A pause over the end of the warm-up is seen in the measured time.
      sparePauses = pauses.take(sparePauses);
    }
    return totals.slice(
        Duration.ofNanos(fromNanos - startNanos),
        Duration.ofNanos(end - fromNanos),
        isWarmup,
        sparePauses);
  }

  /** Takes what the loops recorded so far. */
  void collect(List<Driver> drivers) throws InterruptedException {
    for (int i = 0; i < drivers.size(); i++) {
      if (spares.size() == i) {
        spares.add(new Recording());
      }
      Recording full = take(drivers.get(i), spares.get(i));
      totals.add(full);
      spares.set(i, full);
    }
  }

  private static Recording take(Driver driver, Recording clear) throws InterruptedException {
    try {
      return CompletableFuture.supplyAsync(() -> driver.meter().swap(clear), driver.loop()).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a loop did not hand over what it recorded", e);
    }
  }
}
