package dev.echo.load;

import dev.echo.metrics.Distribution;
import dev.echo.payload.Residence;
import dev.echo.payload.WrongEcho;
import org.HdrHistogram.Histogram;

/**
 * What one event loop measures: says of each message whether it counts, and as what, so that each
 * one that is due ends as echoed, missing or wrong. Event loop only.
 */
final class Meter {
  /** Until a run begins, all is before its measured time. */
  private static final long NOT_YET = Long.MAX_VALUE / 2;

  /** Takes what came of the warm-up after its end: it belongs to no slice. */
  private final Counters elsewhere = new Counters();

  private Timing timing = new Timing.Closed(NOT_YET, NOT_YET);
  private RateWindow window = new RateWindow(timing);
  private Recording recording = new Recording();
  private final Histogram missingAges = Distribution.empty();

  void begin(Timing begun) {
    timing = begun;
    window = new RateWindow(begun);
  }

  Timing timing() {
    return timing;
  }

  RateWindow window() {
    return window;
  }

  /** Where times and counts go at the moment. */
  Recording recording() {
    return recording;
  }

  /** Hands over what was recorded; the loop goes on with another, which must be clear. */
  Recording swap(Recording clear) {
    Recording full = recording;
    recording = clear;
    return full;
  }

  /** The ages of the messages that never came. */
  Histogram missingAges() {
    return missingAges;
  }

  boolean isMeasured(int connection, long sequence, long sentNanos) {
    return timing.isMeasured(connection, sequence, sentNanos);
  }

  /** Where something is counted that is seen now. */
  private Counters part(boolean isMeasured, long nanos) {
    return isMeasured
        ? recording.counters()
        : nanos - timing.firstMeasuredNanos() < 0 ? recording.warmup() : elsewhere;
  }

  /** A message leaves. */
  void sent(int connection, long sequence, long sentNanos) {
    boolean isMeasured = isMeasured(connection, sequence, sentNanos);
    part(isMeasured, sentNanos).add(Count.SENT, 1);
    if (!isMeasured) {
      return;
    }
    if (window.holdsSent(sentNanos)) {
      recording.count(Count.SENT_IN_TIME);
    }
    if (timing.isOpen()) {
      recording.time(Measure.LAG, sentNanos - timing.dueNanos(connection, sequence, sentNanos));
    } else {
      recording.count(Count.DUE);
    }
  }

  /**
   * A message came back whole and equal.
   *
   * @param payload its bytes
   * @param wire its bytes with all that is before the payload
   * @param residenceNanos by its stamp, or a value of {@link Residence}
   */
  void echoed(
      int connection,
      long sequence,
      long sentNanos,
      long receivedNanos,
      int payload,
      int wire,
      long residenceNanos) {
    long service = receivedNanos - sentNanos;
    long response = receivedNanos - timing.dueNanos(connection, sequence, sentNanos);
    boolean isMeasured = isMeasured(connection, sequence, sentNanos);
    part(isMeasured, receivedNanos).add(Count.ECHOED, 1);
    if (timing.isOpen()
        ? isMeasured && window.holdsResponse(receivedNanos, response)
        : window.holdsEcho(receivedNanos)) {
      recording.count(Count.ECHOED_IN_TIME);
      recording.count(Count.PAYLOAD_BYTES_IN_TIME, payload);
      recording.count(Count.WIRE_BYTES_IN_TIME, wire);
    }
    if (!isMeasured) {
      if (receivedNanos - timing.firstMeasuredNanos() < 0) {
        warmup(service, response);
      }
      return;
    }
    recording.count(Count.PAYLOAD_BYTES, payload);
    recording.count(Count.WIRE_BYTES, wire);
    recording.time(Measure.SERVICE, service);
    if (timing.isOpen()) {
      recording.time(Measure.RESPONSE, response);
    }
    residence(residenceNanos, service);
  }

  private void warmup(long service, long response) {
    recording.warmupService(service);
    if (timing.isOpen()) {
      recording.warmupResponse(response);
    }
  }

  private void residence(long nanos, long service) {
    if (nanos == Residence.UNUSABLE || nanos > service) {
      recording.count(Count.UNUSABLE_STAMPS);
    } else if (nanos != Residence.NONE) {
      recording.time(Measure.RESIDENCE, nanos);
    }
  }

  /** A message that was under way came back wrong. */
  void wrong(int connection, WrongEcho wrong, long sentNanos, long nanos) {
    boolean isMeasured = isMeasured(connection, wrong.sequence(), sentNanos);
    part(isMeasured, nanos).add(Count.WRONG, 1);
    recording.found(wrong.verdict());
  }

  /** Something came that is the echo of no message that was to come, so it settles none. */
  void surplus(WrongEcho wrong, long nanos) {
    part(nanos - timing.firstMeasuredNanos() >= 0, nanos).add(Count.SURPLUS, 1);
    recording.found(wrong.verdict());
  }

  /** Something happened to a datagram that is counted besides. */
  void datagram(Count what, int connection, long sequence, long sentNanos, long nanos) {
    part(isMeasured(connection, sequence, sentNanos), nanos).add(what, 1);
  }

  /**
   * A message never came, although it was sent. In closed loop it counts if it left in the warm-up,
   * too: there it takes the place of all that were to follow it.
   */
  void missing(int connection, long sequence, long sentNanos, long endNanos) {
    if (isMeasured(connection, sequence, sentNanos)) {
      lost(endNanos - timing.dueNanos(connection, sequence, sentNanos));
    } else if (!timing.isOpen()) {
      recording.count(Count.DUE);
      recording.count(Count.SENT);
      lost(endNanos - sentNanos);
    }
  }

  /** A message was due and could not be sent. */
  void heldBack(int connection, long sequence, long endNanos) {
    if (timing.isOpen() && isMeasured(connection, sequence, endNanos)) {
      lost(endNanos - timing.dueNanos(connection, sequence, endNanos));
    }
  }

  /** A message of the measured time was due, and the loop never came to it: it was too slow. */
  void unsent(long ageNanos) {
    recording.due(ageNanos);
    recording.count(Count.UNSENT);
    lost(ageNanos);
  }

  private void lost(long ageNanos) {
    recording.count(Count.MISSING);
    age(ageNanos);
  }

  /** A message that is counted as missing is so old, or took so long. */
  void age(long nanos) {
    missingAges.recordValue(Math.min(Math.max(1, nanos), Distribution.MAX_NANOS));
  }
}
