package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Stamp;
import dev.echo.payload.Inspector.More;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the bytes that one connection receives, from the preface on: tells each message that came
 * back whole, and what became of the others. While all agrees nothing is stored and nothing is
 * allocated; from the first byte that differs until the verdict the received bytes are held, at
 * most three messages and 64 KiB.
 *
 * <p>Belongs to the event loop of its connection. A sink may {@link #release} it from a callback.
 */
public final class Follower {
  private final Script script;
  private final int connection;
  private final Sink sink;

  private Peer peer = Peer.UNKNOWN;
  private long next;
  private long sent;

  /** How many bytes of the next message have come and agreed. */
  private int from;

  /** Ends each loop that a callback has pulled the ground from under. */
  private int epoch;

  private boolean isEnded = true;

  /** When the bytes were received that are being looked at. */
  private long nanos;

  private @Nullable Held held;
  private @Nullable TornStamp stamp;

  /**
   * Makes a follower, which ignores everything until it begins.
   *
   * @param script what is sent; used by this thread only
   * @param connection which one, from 0
   * @param sink is told
   */
  public Follower(Script script, int connection, Sink sink) {
    this.script = script;
    this.connection = connection;
    this.sink = sink;
  }

  /**
   * Begins with a new connection; forgets what is held of one before.
   *
   * @param nextSequence the first message to come back
   * @param peer what is known of the other side so far
   */
  public void begin(long nextSequence, Peer peer) {
    release();
    this.peer = peer;
    next = nextSequence;
    sent = nextSequence;
    from = 0;
    isEnded = false;
  }

  /**
   * Says who the other side is.
   *
   * @param peer an aware one fills in stamps and may send an ERROR frame
   */
  public void peer(Peer peer) {
    this.peer = peer;
  }

  /**
   * Follows received bytes.
   *
   * @param in is read to its end, and neither changed nor released
   * @param sentSequence the first message that was not sent yet
   * @param receivedNanos when they were received, on the caller's clock
   */
  public void received(ByteBuf in, long sentSequence, long receivedNanos) {
    sent = sentSequence;
    nanos = receivedNanos;
    int begun = epoch;
    if (held == null && !isEnded) {
      follow(in);
    }
    if (in.isReadable() && !isEnded && begun == epoch) {
      Held waiting = held == null ? hold(in) : held;
      waiting.add(in, receivedNanos);
      if (waiting.hasWanted()) {
        judge(waiting, More.MAY_COME);
      }
    }
    in.skipBytes(in.readableBytes());
  }

  /** Judges what is held, since nothing more will come: it is silent, or over. */
  public void decideNow() {
    if (held != null) {
      judge(held, More.NOT_NOW);
    }
  }

  /**
   * The message that comes next.
   *
   * @return all before it have come back or were told as wrong
   */
  public long nextSequence() {
    return next;
  }

  /**
   * When the last byte of the message that is being told was received: earlier than the bytes that
   * made it certain, if it was held meanwhile.
   *
   * @return what {@link #received} was told, for use in a callback
   */
  public long receivedNanos() {
    return nanos;
  }

  /**
   * Whether received bytes are held that differ from what was expected.
   *
   * @return true from the first byte that differs until the verdict
   */
  public boolean isInspecting() {
    return held != null;
  }

  /**
   * Whether all that was received are whole messages.
   *
   * @return false inside of a message
   */
  public boolean isAtBoundary() {
    return from == 0 && held == null;
  }

  /** Forgets what is held. Until it begins again it ignores what is received. */
  public void release() {
    epoch++;
    isEnded = true;
    letGo();
  }

  /** Reads what agrees; stops in front of the first byte that does not. */
  private void follow(ByteBuf in) {
    int index = in.readerIndex();
    int end = in.writerIndex();
    int begun = epoch;
    while (index < end && next < sent && begun == epoch) {
      int length = script.bytes(connection, next);
      int agreed = script.agreeing(in, index, end - index, connection, next, from, peer);
      if (from + agreed < length) {
        if (script.isStamped()) {
          keepStamp(in, index, agreed);
        }
        from += agreed;
        index += agreed;
        break;
      }
      long residence = residenceNanos(in, index, agreed);
      long sequence = next++;
      from = 0;
      index += agreed;
      if (held != null) {
        nanos = held.nanosBefore(index);
      }
      sink.echoed(sequence, length, residence);
    }
    in.readerIndex(index);
  }

  private long residenceNanos(ByteBuf in, int index, int agreed) {
    if (peer != Peer.AWARE || !script.isStamped()) {
      return -1;
    }
    if (from == 0) {
      return Stamp.residenceNanos(in, index + FrameHeader.BYTES);
    }
    return keepStamp(in, index, agreed).residenceNanos();
  }

  private TornStamp keepStamp(ByteBuf in, int index, int agreed) {
    TornStamp torn = stamp == null ? new TornStamp() : stamp;
    torn.keep(in, index, from, agreed);
    stamp = torn;
    return torn;
  }

  /** Begins to hold bytes: first those of the message that agreed. */
  private Held hold(ByteBuf in) {
    ByteBuf bytes = in.alloc().buffer(from + in.readableBytes());
    if (from > 0) {
      script.write(bytes, connection, next);
      bytes.writerIndex(from);
      if (stamp != null && script.isStamped()) {
        stamp.restore(bytes);
      }
    }
    Held begun = new Held(bytes);
    held = begun;
    return begun;
  }

  /** Judges one message after the other until all that is held is explained or must wait. */
  private void judge(Held waiting, More more) {
    while (held == waiting && !isRefused(waiting, more)) {
      Inspector inspector = waiting.inspector(script, connection, next);
      Inspection found = inspector.inspect(waiting.bytes(), sent, peer, more);
      if (found.state() == Inspection.State.NEEDS_MORE) {
        waiting.want(found.bytes());
        return;
      }
      waiting.explained(found.bytes());
      nanos = waiting.nanosBefore(waiting.bytes().readerIndex());
      settle(found);
      if (held == waiting && found.state() == Inspection.State.LOST) {
        release();
        sink.lost();
      } else if (held == waiting) {
        followOn(waiting);
      }
    }
  }

  /** Goes on behind what is explained; if it differs again, from the begin of that message. */
  private void followOn(Held waiting) {
    ByteBuf rest = waiting.bytes();
    follow(rest);
    if (held != waiting) {
      return;
    }
    if (rest.isReadable()) {
      rest.readerIndex(rest.readerIndex() - from);
    } else {
      letGo();
    }
  }

  private void settle(Inspection found) {
    long first = next;
    long last = found.nextSequence();
    int begun = epoch;
    next = last;
    from = 0;
    List<WrongEcho> wrong = found.wrong();
    for (int i = 0; i < wrong.size() && begun == epoch; i++) {
      long sequence = wrong.get(i).sequence();
      if (sequence < first || sequence >= last) {
        sink.inAddition(wrong.get(i));
        continue;
      }
      tellWhole(first, sequence);
      first = sequence + 1;
      if (begun == epoch) {
        sink.wrong(wrong.get(i));
      }
    }
    if (begun == epoch) {
      tellWhole(first, last);
    }
  }

  private void tellWhole(long first, long last) {
    int begun = epoch;
    for (long sequence = first; sequence < last && begun == epoch; sequence++) {
      sink.echoed(sequence, script.bytes(connection, sequence), -1);
    }
  }

  /** Between whole messages an aware server may say why it ends the connection. */
  private boolean isRefused(Held waiting, More more) {
    if (peer != Peer.AWARE || !script.isFramed()) {
      return false;
    }
    ByteBuf in = waiting.bytes();
    int bytes = ErrorFrame.bytes(in);
    if (in.readableBytes() < bytes && more == More.MAY_COME) {
      waiting.want(bytes);
      return true;
    }
    if (bytes == 0 || in.readableBytes() < FrameHeader.BYTES) {
      return false;
    }
    FrameError error = ErrorFrame.read(in, bytes);
    release();
    sink.refused(error);
    return true;
  }

  private void letGo() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  /** Is told what becomes of the messages, by the thread of the connection. */
  public interface Sink {
    /**
     * A message came back whole and equal. Told once for each, in the order of the sequence.
     *
     * @param sequence which one
     * @param bytes on the wire, head included
     * @param residenceNanos how long it was with an aware peer, by its stamp; -1 if nothing says
     */
    void echoed(long sequence, int bytes, long residenceNanos);

    /**
     * A message came back wrong, or others in its place. Told once for each, in the order of the
     * sequence, which is that of {@link #echoed} too.
     *
     * @param wrong which one, and how
     */
    void wrong(WrongEcho wrong);

    /**
     * Bytes came that belong to no message that was to come: a message again, one of another
     * connection, or surplus. Its sequence is that of the message they repeat, else of the one they
     * came in front of, which is still to come and told by itself.
     *
     * @param wrong what came
     */
    void inAddition(WrongEcho wrong);

    /** Nobody can say what follows; everything is ignored from here on. */
    void lost();

    /**
     * An aware server ended the connection; everything is ignored from here on.
     *
     * @param why in its words
     */
    void refused(FrameError why);
  }
}
