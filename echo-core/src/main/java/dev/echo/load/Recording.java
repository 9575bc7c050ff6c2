package dev.echo.load;

import dev.echo.metrics.Distribution;
import dev.echo.verify.Verdict;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Counts and times of one event loop over a slice of the run. Its loop alone writes while it is in
 * use; then it is handed to the reporter, who reads it, clears it, and hands it back for the slice
 * after the next. So nothing is synchronised, and nothing is copied on the loop.
 */
@SuppressWarnings("EnumOrdinal") // An index for the hot path, seen by nobody else.
final class Recording {
  private static final Measure[] MEASURES = {
    Measure.RESPONSE,
    Measure.SERVICE,
    Measure.LAG,
    Measure.OWN_LAG,
    Measure.RESIDENCE,
    Measure.CONNECT,
    Measure.HANDSHAKE
  };

  /** Of the messages of the measured time. */
  private final Counters counters = new Counters();

  /** Of the warm-up, for its slices; what comes after its end is not here. */
  private final Counters warmup = new Counters();

  /** How often each was found, whenever it was. */
  private final long[] verdicts = new long[Verdict.values().length];

  private final Map<Measure, Histogram> times = new EnumMap<>(Measure.class);

  /** The same, for the loop. */
  private final Histogram[] histograms = new Histogram[Measure.values().length];

  /** As {@link #warmup}. */
  private final Histogram warmupResponse = Distribution.empty();

  private final Histogram warmupService = Distribution.empty();

  Recording() {
    for (Measure measure : MEASURES) {
      Histogram histogram = Distribution.empty();
      times.put(measure, histogram);
      histograms[measure.ordinal()] = histogram;
    }
  }

  // For the loop.

  void count(Count count) {
    counters.add(count, 1);
  }

  void count(Count count, long number) {
    counters.add(count, number);
  }

  /** Something wrong came, whenever and whatever it was. */
  void found(Verdict verdict) {
    verdicts[verdict.ordinal()]++;
  }

  /** A message whose time counts came due, and the loop saw it so late. */
  void due(long lateNanos) {
    count(Count.DUE);
    time(Measure.OWN_LAG, lateNanos);
  }

  void time(Measure measure, long nanos) {
    record(of(measure), nanos);
  }

  void warmupResponse(long nanos) {
    record(warmupResponse, nanos);
  }

  void warmupService(long nanos) {
    record(warmupService, nanos);
  }

  Counters warmup() {
    return warmup;
  }

  // For the reporter.

  Counters counters() {
    return counters;
  }

  long verdicts(Verdict verdict) {
    return verdicts[verdict.ordinal()];
  }

  Histogram of(Measure measure) {
    return histograms[measure.ordinal()];
  }

  Map<Measure, Histogram> times() {
    return times;
  }

  Histogram warmupResponse() {
    return warmupResponse;
  }

  Histogram warmupService() {
    return warmupService;
  }

  void clear() {
    times.values().forEach(Histogram::reset);
    warmupResponse.reset();
    warmupService.reset();
    counters.clear();
    warmup.clear();
    Arrays.fill(verdicts, 0);
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(nanos, Distribution.MAX_NANOS)));
  }
}
