package dev.echo.load;

import dev.echo.client.Peer;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.EndSign.How;
import dev.echo.frame.FrameError;
import dev.echo.payload.Follower;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one connection of the plan, whichever real connection carries them: what may be
 * sent, what is under way, what came back, and the time of each. Event loop only.
 */
final class Flow implements Follower.Sink {
  /** Who wants to know what a flow does. */
  interface Owner {
    /** Says what counts, and takes it. */
    Meter meter();

    /** How many messages may still leave, over all flows of the loop. */
    long allowance();

    /** So many messages left at a time. */
    void left(long count, long sentNanos);

    /** A message came back wrong, or something in addition. */
    void wrong(WrongEcho wrong);
  }

  private final int connection;
  private final Script script;
  private final int cap;
  private final Owner owner;
  private final Follower follower;
  private final SendLog log = new SendLog();
  private final LostMessages lost = new LostMessages();

  /** The first message that was not sent yet. */
  private long next;

  /** The first message that is not due yet. */
  private long due;

  private @Nullable EndSign ending;

  Flow(int connection, Script script, int cap, Owner owner) {
    this.connection = connection;
    this.script = script;
    this.cap = cap;
    this.owner = owner;
    follower = new Follower(script, connection, this);
  }

  int connection() {
    return connection;
  }

  Follower follower() {
    return follower;
  }

  long next() {
    return next;
  }

  long inFlight() {
    return next - follower.nextSequence();
  }

  /** Says whether everything that was due has left and come back. */
  boolean isSettled() {
    return next == due && inFlight() == 0;
  }

  /** Why the connection must end: nobody can follow it, or the server said so. Else null. */
  @Nullable EndSign ending() {
    return ending;
  }

  // Sending.

  /** One more message is due. */
  void due() {
    due++;
  }

  /** Everything that the cap lets through is due, until {@link #stopSending}. */
  void alwaysDue() {
    due = Long.MAX_VALUE;
  }

  void stopSending() {
    due = next;
  }

  boolean hasDue() {
    return next < due;
  }

  /** The message that came due last is one too many for the cap. */
  boolean isOverCap() {
    return due - follower.nextSequence() > cap;
  }

  /** How many messages may leave now. */
  long sendable() {
    return Math.min(Math.min(due - next, cap - inFlight()), owner.allowance());
  }

  /** The length of the next message on the wire. */
  int nextBytes() {
    return script.bytes(connection, next);
  }

  /** Writes the next messages, at least one, until there are enough bytes. */
  void write(ByteBuf out, long count, int enoughBytes) {
    for (long i = 0; i < count && (i == 0 || out.readableBytes() < enoughBytes); i++) {
      script.write(out, connection, next++);
    }
  }

  /** The messages written since some first one leave now. */
  void left(long first, long sentNanos) {
    log.add(next, sentNanos);
    Meter meter = owner.meter();
    for (long sequence = first; sequence < next; sequence++) {
      meter.sent(connection, sequence, sentNanos);
    }
    owner.left(next - first, sentNanos);
  }

  // Receiving.

  /** A connection begins: what comes next is the echo of what is sent next. */
  void connected(Peer peer) {
    ending = null;
    follower.begin(next, peer);
  }

  void received(ByteBuf in, long nanos) {
    follower.received(in, next, nanos);
  }

  /** Nothing more comes for now: judge what is held. */
  void silent() {
    follower.decideNow();
  }

  /** The connection is gone, and what was under way with it. */
  void disconnected() {
    follower.decideNow();
    forget();
  }

  private void forget() {
    for (long at = follower.nextSequence(); at < next; at++) {
      lost.add(at, log.sentNanos(at));
    }
    follower.begin(next, Peer.UNKNOWN);
  }

  @Override
  public void echoed(long sequence, int bytes, long residenceNanos) {
    owner
        .meter()
        .echoed(
            connection,
            sequence,
            log.sentNanos(sequence),
            follower.receivedNanos(),
            bytes - script.headBytes(),
            bytes,
            residenceNanos);
  }

  @Override
  public void wrong(WrongEcho wrong) {
    owner
        .meter()
        .wrong(connection, wrong, log.sentNanos(wrong.sequence()), follower.receivedNanos());
    owner.wrong(wrong);
  }

  @Override
  public void inAddition(WrongEcho wrong) {
    surplus(wrong, follower.receivedNanos());
  }

  /** Something came that settles no message that was sent. */
  void surplus(WrongEcho wrong, long nanos) {
    owner.meter().surplus(wrong, nanos);
    owner.wrong(wrong);
  }

  @Override
  public void lost() {
    ending = new EndSign(How.CLOSED_HERE, 0, "nobody can tell where the next message begins");
  }

  @Override
  public void refused(FrameError why) {
    ending = EndSign.error(why.code(), why.sentence());
  }

  /**
   * At the end: counts the messages that never came; nothing that comes later is looked at.
   *
   * @return how long the one that was sent first of them is missing; 0 if none is
   */
  long missing(long endNanos) {
    forget();
    follower.release();
    Meter meter = owner.meter();
    lost.forEach((sequence, sentNanos) -> meter.missing(connection, sequence, sentNanos, endNanos));
    long longest = lost.isEmpty() ? 0 : endNanos - lost.firstSentNanos();
    for (long sequence = next; due != Long.MAX_VALUE && sequence < due; sequence++) {
      meter.heldBack(connection, sequence, endNanos);
    }
    lost.clear();
    due = next;
    return longest;
  }
}
