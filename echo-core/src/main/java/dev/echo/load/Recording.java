package dev.echo.load;

import dev.echo.metrics.Distribution;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Counts and times of one event loop over a slice of the run. Its loop alone writes while it is in
 * use; then it is handed to the reporter, who reads it, clears it, and hands it back for the slice
 * after the next. So nothing is synchronised, and nothing is copied on the loop.
 */
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

  private final Map<Measure, Histogram> times = new EnumMap<>(Measure.class);
  private final Histogram response;
  private final Histogram service;
  private final Histogram lag;
  private final Histogram ownLag;
  private final Histogram residence;
  private final Histogram connect;
  private final Histogram handshake;

  /** Of the warm-up, for the picture over time only. */
  private final Histogram warmupResponse = Distribution.empty();

  private final Histogram warmupService = Distribution.empty();

  private long due;
  private long measuredSent;
  private long measuredEchoed;
  private long measuredWrong;
  private long missing;
  private long heldByCap;
  private long heldBySocket;
  private long heldByConnection;
  private long payloadBytes;
  private long wireBytes;
  private long sent;
  private long echoed;
  private long wrong;
  private long lost;
  private long late;
  private long duplicated;
  private long reordered;

  Recording() {
    for (Measure measure : MEASURES) {
      times.put(measure, Distribution.empty());
    }
    response = of(Measure.RESPONSE);
    service = of(Measure.SERVICE);
    lag = of(Measure.LAG);
    ownLag = of(Measure.OWN_LAG);
    residence = of(Measure.RESIDENCE);
    connect = of(Measure.CONNECT);
    handshake = of(Measure.HANDSHAKE);
  }

  // For the loop.

  /** A message whose time counts came due, and the loop saw it so late. */
  void due(long lateNanos) {
    due++;
    record(ownLag, lateNanos);
  }

  void heldByCap() {
    heldByCap++;
  }

  void heldBySocket() {
    heldBySocket++;
  }

  void heldByConnection() {
    heldByConnection++;
  }

  /** Messages left, whether their times count or not. */
  void sent(int count) {
    sent += count;
  }

  /** A message whose time counts left, so long after it was due. */
  void measuredSent(long lagNanos) {
    measuredSent++;
    record(lag, lagNanos);
  }

  /** A message whose time counts left; it was never due. */
  void measuredSent() {
    due++;
    measuredSent++;
  }

  /** A message of the warm-up came back. */
  void warmupEchoed(long serviceNanos) {
    echoed++;
    record(warmupService, serviceNanos);
  }

  void warmupResponse(long nanos) {
    record(warmupResponse, nanos);
  }

  /** A message whose time counts came back. */
  void echoed(long serviceNanos, int payload, int wire) {
    echoed++;
    measuredEchoed++;
    payloadBytes += payload;
    wireBytes += wire;
    record(service, serviceNanos);
  }

  void response(long nanos) {
    record(response, nanos);
  }

  void residence(long nanos) {
    record(residence, nanos);
  }

  void connect(long nanos) {
    record(connect, nanos);
  }

  void handshake(long nanos) {
    record(handshake, nanos);
  }

  void wrong() {
    wrong++;
  }

  void measuredWrong() {
    measuredWrong++;
  }

  void missing() {
    missing++;
  }

  // Datagrams, whether their times count or not.

  void lost() {
    lost++;
  }

  void late() {
    late++;
  }

  void duplicated() {
    duplicated++;
  }

  void reordered() {
    reordered++;
  }

  // For the reporter.

  Histogram of(Measure measure) {
    return times.getOrDefault(measure, response);
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

  long sent() {
    return sent;
  }

  long echoed() {
    return echoed;
  }

  long wrongSeen() {
    return wrong;
  }

  DatagramEvents datagrams() {
    return new DatagramEvents(lost, late, duplicated, reordered);
  }

  LoadCounts measured() {
    return new LoadCounts(
        due,
        measuredSent,
        measuredEchoed,
        missing,
        measuredWrong,
        heldByCap,
        heldBySocket,
        heldByConnection,
        payloadBytes,
        wireBytes);
  }

  void clear() {
    times.values().forEach(Histogram::reset);
    warmupResponse.reset();
    warmupService.reset();
    due = measuredSent = measuredEchoed = measuredWrong = missing = 0;
    heldByCap = heldBySocket = heldByConnection = 0;
    payloadBytes = wireBytes = 0;
    sent = echoed = wrong = 0;
    lost = late = duplicated = reordered = 0;
  }

  private static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(nanos, Distribution.MAX_NANOS)));
  }
}
