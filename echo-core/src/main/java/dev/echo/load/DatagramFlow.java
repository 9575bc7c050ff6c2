package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.client.LossTally;
import dev.echo.payload.DatagramFollower;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.function.LongConsumer;

/**
 * The messages of one UDP socket of the plan: what may be sent, what is under way, what came back,
 * the time of each, and what was lost. Event loop only.
 */
final class DatagramFlow implements DatagramFollower.Sink {
  private static final int FIRST_LOST = 16;

  private final int connection;
  private final Script script;
  private final int cap;
  private final Driver driver;
  private final DatagramFollower follower;
  private Timing timing = new Timing.Closed(0, 0);

  /** The first message that is not due yet. */
  private long due;

  /** When the datagram came that is being looked at. */
  private long nanos;

  /** When each of the lost ones was due. */
  private long[] lostDueNanos = new long[FIRST_LOST];

  private int lostForGood;

  // What became of the measured ones.
  private long sent;
  private long echoed;
  private long late;
  private long lost;
  private long duplicated;
  private long reordered;
  private long wrong;
  private LossTally losses = new LossTally();
  private long firstMeasured = -1;
  private long answers;

  DatagramFlow(int connection, Script script, int cap, Driver driver) {
    this.connection = connection;
    this.script = script;
    this.cap = cap;
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

  DatagramCounts counts() {
    return new DatagramCounts(
        sent, echoed, late, lost, duplicated, reordered, wrong, losses.directions(sent, lost));
  }

  // Sending.

  void begin(Timing begun) {
    timing = begun;
  }

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
    follower.send(out, sentNanos);
    Recording recording = driver.recording();
    recording.sent(1);
    if (isMeasured(sequence, sentNanos)) {
      if (firstMeasured < 0) {
        firstMeasured = sequence;
        losses = losses.anew();
      }
      sent++;
      if (timing.isOpen()) {
        recording.measuredSent(sentNanos - dueNanos(sequence, sentNanos));
      } else {
        recording.measuredSent();
      }
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
    return timing.isMeasured(connection, sequence, sentNanos);
  }

  private long dueNanos(long sequence, long sentNanos) {
    return timing.dueNanos(connection, sequence, sentNanos);
  }

  @Override
  public void echoed(long sequence, long sentNanos, int bytes, long residenceNanos) {
    Recording recording = driver.recording();
    long service = nanos - sentNanos;
    long response = nanos - dueNanos(sequence, sentNanos);
    boolean isOpen = timing.isOpen();
    if (!isMeasured(sequence, sentNanos)) {
      recording.warmupEchoed(service);
      if (isOpen) {
        recording.warmupResponse(response);
      }
      return;
    }
    echoed++;
    recording.echoed(service, script.payloadBytes(connection, sequence), bytes);
    if (isOpen) {
      recording.response(response);
    }
    if (residenceNanos >= 0) {
      recording.residence(residenceNanos);
    }
  }

  @Override
  public void reordered(long sequence, long sentNanos) {
    driver.recording().reordered();
    if (isMeasured(sequence, sentNanos)) {
      reordered++;
    }
  }

  @Override
  public void lost(long sequence, long sentNanos) {
    driver.recording().lost();
    if (isMeasured(sequence, sentNanos)) {
      lost++;
      driver.recording().missing();
    }
  }

  /** It stays missing, and is ranked as what it took. */
  @Override
  public void late(long sequence, long sentNanos) {
    driver.recording().late();
    if (isMeasured(sequence, sentNanos)) {
      lost--;
      late++;
      driver.missing(nanos - dueNanos(sequence, sentNanos));
    }
  }

  @Override
  public void neverCame(long sequence, long sentNanos) {
    if (isMeasured(sequence, sentNanos)) {
      if (lostForGood == lostDueNanos.length) {
        lostDueNanos = Arrays.copyOf(lostDueNanos, 2 * lostForGood);
      }
      lostDueNanos[lostForGood++] = dueNanos(sequence, sentNanos);
    }
  }

  @Override
  public void duplicated(long sequence, long sentNanos) {
    driver.recording().duplicated();
    if (isMeasured(sequence, sentNanos)) {
      duplicated++;
    }
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
    if (isMeasured(echo.sequence(), sentNanos)) {
      wrong++;
      driver.recording().measuredWrong();
    }
    tell(echo);
  }

  @Override
  public void inAddition(WrongEcho echo, long receivedNanos) {
    if (isMeasured(echo.sequence(), receivedNanos)) {
      wrong++;
    }
    tell(echo);
  }

  private void tell(WrongEcho echo) {
    driver.recording().wrong();
    driver.events().wrong(echo);
  }

  /** At the end: the messages that never came, each with its age, as far as they are measured. */
  void missing(long endNanos, LongConsumer ages) {
    long unsent = follower.next();
    follower.end();
    for (int i = 0; i < lostForGood; i++) {
      ages.accept(endNanos - lostDueNanos[i]);
    }
    lostForGood = 0;
    for (long sequence = unsent; due != Long.MAX_VALUE && sequence < due; sequence++) {
      if (isMeasured(sequence, endNanos)) {
        driver.recording().missing();
        ages.accept(endNanos - dueNanos(sequence, endNanos));
      }
    }
    due = unsent;
  }
}
