package dev.echo.load;

import dev.echo.client.LossDirections;
import dev.echo.client.LossTally;
import dev.echo.payload.DatagramFollower;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * The messages of one UDP socket of the plan: what may be sent, what is under way, what came back,
 * the time of each, and what was lost. Event loop only.
 */
final class DatagramFlow implements DatagramFollower.Sink {
  private static final int FIRST_LOST = 16;

  private final int connection;
  private final Script script;
  private final int cap;
  private final long timeoutNanos;
  private final Driver driver;
  private final DatagramFollower follower;

  /** The first message that is not due yet. */
  private long due;

  /** When the datagram came that is being looked at. */
  private long nanos;

  /** When each of the lost ones was due. */
  private long[] lostDueNanos = new long[FIRST_LOST];

  private int lostForGood;

  /** Lost ones that left in the warm-up and were still under way in the measured time. */
  private long lostBefore;

  /** When the first one left; only while there is one. */
  private long firstSentNanos;

  // Of the measured ones.
  private long sent;
  private long returned;
  private long lost;
  private LossTally losses = new LossTally();
  private long firstMeasured = -1;
  private long answers;

  DatagramFlow(int connection, Script script, LoadPlan plan, Driver driver) {
    this.connection = connection;
    this.script = script;
    cap = plan.inFlight();
    timeoutNanos = plan.timeout().toNanos();
    this.driver = driver;
    follower = new DatagramFollower(script, connection, this);
  }

  int connection() {
    return connection;
  }

  DatagramFollower follower() {
    return follower;
  }

  /** How many datagrams came, of whatever kind. */
  long answers() {
    return answers;
  }

  /** Says whether everything that was due has left, and is back or given up. */
  boolean isSettled() {
    return follower.next() == due && follower.open() == 0;
  }

  /** Says whether nothing came back of what was sent in the measured time, or under way then. */
  boolean isSilent() {
    return sent + lostBefore > 0 && returned == 0;
  }

  Optional<LossDirections> directions() {
    return losses.directions(sent, lost).map(this::withLostBefore);
  }

  private LossDirections withLostBefore(LossDirections ways) {
    return new LossDirections(ways.there(), ways.back(), ways.unknown() + lostBefore);
  }

  // Sending.

  void due() {
    due++;
  }

  void alwaysDue() {
    due = Long.MAX_VALUE;
  }

  void stopSending() {
    due = follower.next();
  }

  /** The message that came due last is one too many for the cap. */
  boolean isOverCap() {
    return due - follower.next() + follower.open() > cap;
  }

  /** How many messages may leave now. */
  long sendable() {
    return Math.min(
        Math.min(due - follower.next(), (long) cap - follower.open()), driver.allowance());
  }

  /** Writes the next datagram, which leaves now. */
  void send(ByteBuf out, long sentNanos) {
    long sequence = follower.next();
    if (sequence == 0) {
      firstSentNanos = sentNanos;
    }
    follower.send(out, sentNanos);
    driver.meter().sent(connection, sequence, sentNanos);
    if (isMeasured(sequence, sentNanos)) {
      if (firstMeasured < 0) {
        firstMeasured = sequence;
        losses = losses.anew();
      }
      sent++;
    }
    driver.left(1, sentNanos);
  }

  // Receiving.

  void received(ByteBuf in, long receivedNanos) {
    nanos = receivedNanos;
    answers++;
    follower.received(in, receivedNanos);
  }

  private boolean isMeasured(long sequence, long sentNanos) {
    return driver.meter().isMeasured(connection, sequence, sentNanos);
  }

  private long dueNanos(long sequence, long sentNanos) {
    return driver.meter().timing().dueNanos(connection, sequence, sentNanos);
  }

  private void count(Count what, long sequence, long sentNanos) {
    driver.meter().datagram(what, connection, sequence, sentNanos, now());
  }

  private void came(long sequence, long sentNanos) {
    returned += isMeasured(sequence, sentNanos) ? 1 : 0;
  }

  private long now() {
    return driver.loop().ticker().nanoTime();
  }

  @Override
  public void echoed(long sequence, long sentNanos, int bytes, long residenceNanos) {
    came(sequence, sentNanos);
    int payload = script.payloadBytes(connection, sequence);
    driver.meter().echoed(connection, sequence, sentNanos, nanos, payload, bytes, residenceNanos);
  }

  @Override
  public void reordered(long sequence, long sentNanos) {
    count(Count.REORDERED, sequence, sentNanos);
  }

  @Override
  public void lost(long sequence, long sentNanos) {
    count(Count.LOST, sequence, sentNanos);
    count(Count.MISSING, sequence, sentNanos);
    if (isMeasured(sequence, sentNanos)) {
      lost++;
    }
  }

  /** It stays missing, and is ranked as what it took. */
  @Override
  public void late(long sequence, long sentNanos) {
    count(Count.LATE, sequence, sentNanos);
    came(sequence, sentNanos);
    if (isMeasured(sequence, sentNanos)) {
      lost--;
      driver.meter().age(nanos - dueNanos(sequence, sentNanos));
    }
  }

  @Override
  public void neverCame(long sequence, long sentNanos) {
    if (isMeasured(sequence, sentNanos)) {
      keepLost(dueNanos(sequence, sentNanos));
    } else if (wasUnderWay(sentNanos)) {
      lostBefore++;
      Recording recording = driver.meter().recording();
      recording.count(Count.DUE);
      recording.count(Count.SENT);
      recording.count(Count.LOST);
      recording.count(Count.MISSING);
      keepLost(sentNanos);
    }
  }

  /** In closed loop it held a place of the measured time, too. */
  private boolean wasUnderWay(long sentNanos) {
    Timing timing = driver.meter().timing();
    return !timing.isOpen() && sentNanos + timeoutNanos - timing.firstMeasuredNanos() >= 0;
  }

  private void keepLost(long dueNanos) {
    if (lostForGood == lostDueNanos.length) {
      lostDueNanos = Arrays.copyOf(lostDueNanos, 2 * lostForGood);
    }
    lostDueNanos[lostForGood++] = dueNanos;
  }

  @Override
  public void duplicated(long sequence, long sentNanos) {
    count(Count.DUPLICATED, sequence, sentNanos);
  }

  @Override
  public void answered(long sequence, long sentNanos, long count) {
    if (firstMeasured < 0) {
      losses.answered(sequence, count);
    } else if (sequence < firstMeasured) {
      losses.answeredBefore(count);
    } else {
      losses.answered(sequence - firstMeasured, count);
    }
  }

  @Override
  public void wrong(WrongEcho echo, long sentNanos) {
    came(echo.sequence(), sentNanos);
    driver.meter().wrong(connection, echo, sentNanos, nanos);
    driver.wrong(echo);
  }

  @Override
  public void inAddition(WrongEcho echo, long receivedNanos) {
    driver.meter().surplus(echo, receivedNanos);
    driver.wrong(echo);
  }

  /**
   * At the end: counts the messages that never came.
   *
   * @return how long nothing came; 0 if anything did
   */
  long missing(long endNanos) {
    long unsent = follower.next();
    follower.end();
    Meter meter = driver.meter();
    for (int i = 0; i < lostForGood; i++) {
      meter.age(endNanos - lostDueNanos[i]);
    }
    lostForGood = 0;
    for (long sequence = unsent; due != Long.MAX_VALUE && sequence < due; sequence++) {
      meter.heldBack(connection, sequence, endNanos);
    }
    due = unsent;
    return answers == 0 && unsent > 0 ? endNanos - firstSentNanos : 0;
  }
}
