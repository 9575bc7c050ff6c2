package dev.echo.load;

import dev.echo.metrics.Distribution;
import dev.echo.payload.Residence;
import org.HdrHistogram.Histogram;

/**
 * What one event loop measures: says of each message whether it counts, and as what, so that each
 * one that is due ends as echoed, missing or wrong. Event loop only.
 */
final class Meter {
  private Timing timing = new Timing.Closed(0, 0);
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

  /** A message leaves. */
  void sent(int connection, long sequence, long sentNanos) {
    recording.count(Count.ALL_SENT);
    if (!isMeasured(connection, sequence, sentNanos)) {
      return;
    }
    recording.count(Count.SENT);
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
    recording.count(Count.ALL_ECHOED);
    if (timing.isOpen()
        ? isMeasured && window.holdsResponse(receivedNanos, response)
        : window.holdsEcho(receivedNanos)) {
      recording.count(Count.ECHOED_IN_TIME);
      recording.count(Count.PAYLOAD_BYTES_IN_TIME, payload);
      recording.count(Count.WIRE_BYTES_IN_TIME, wire);
    }
    if (!isMeasured) {
      warmup(service, response);
      return;
    }
    recording.count(Count.ECHOED);
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
  void wrong(int connection, long sequence, long sentNanos) {
    if (isMeasured(connection, sequence, sentNanos)) {
      recording.count(Count.WRONG);
    }
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
