package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.payload.Inspector.More;
import io.netty.buffer.ByteBuf;
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
  private final Track track;

  private boolean isEnded = true;

  private @Nullable Held held;

  /**
   * Makes a follower, which ignores everything until it begins.
   *
   * @param script what is sent; used by this thread only
   * @param connection which one; a run counts them from 1
   * @param sink is told
   */
  public Follower(Script script, int connection, Sink sink) {
    this.script = script;
    this.connection = connection;
    this.sink = sink;
    track = new Track(script, connection, sink);
  }

  /**
   * Begins with a new connection; forgets what is held of one before.
   *
   * @param nextSequence the first message to come back
   * @param peer what is known of the other side so far
   */
  public void begin(long nextSequence, Peer peer) {
    release();
    track.begin(nextSequence, peer);
    isEnded = false;
  }

  /**
   * Says who the other side is.
   *
   * @param peer an aware one fills in stamps and may send an ERROR frame
   */
  public void peer(Peer peer) {
    track.peer(peer);
  }

  /**
   * Follows received bytes.
   *
   * @param in is read to its end, and neither changed nor released
   * @param sentSequence the first message that was not sent yet
   * @param receivedNanos when they were received, on the caller's clock
   */
  public void received(ByteBuf in, long sentSequence, long receivedNanos) {
    track.sent(sentSequence);
    track.nanos(receivedNanos);
    int begun = track.epoch();
    if (held == null && !isEnded) {
      track.follow(in, null);
    }
    if (in.isReadable() && !isEnded && begun == track.epoch()) {
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
    return track.next();
  }

  /**
   * When the last byte of the message that is being told was received: earlier than the bytes that
   * made it certain, if it was held meanwhile.
   *
   * @return what {@link #received} was told, for use in a callback
   */
  public long receivedNanos() {
    return track.nanos();
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
    return track.from() == 0 && held == null;
  }

  /** Forgets what is held. Until it begins again it ignores what is received. */
  public void release() {
    track.end();
    isEnded = true;
    letGo();
  }

  /** Begins to hold bytes: first those of the message that agreed. */
  private Held hold(ByteBuf in) {
    ByteBuf bytes = in.alloc().buffer(track.from() + in.readableBytes());
    track.writeAgreed(bytes);
    Held begun = new Held(bytes);
    held = begun;
    return begun;
  }

  /** Judges one message after the other until all that is held is explained or must wait. */
  private void judge(Held waiting, More more) {
    while (held == waiting && !isRefused(waiting, more)) {
      Inspector inspector = waiting.inspector(script, connection, track.next());
      Inspection found = inspector.inspect(waiting.bytes(), track.sent(), track.peer(), more);
      if (found.state() == Inspection.State.NEEDS_MORE) {
        waiting.want(found.bytes());
        return;
      }
      waiting.explained(found.bytes());
      track.nanos(waiting.nanosBefore(waiting.bytes().readerIndex()));
      track.settle(found);
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
    track.follow(rest, waiting);
    if (held != waiting) {
      return;
    }
    if (rest.isReadable()) {
      rest.readerIndex(rest.readerIndex() - track.from());
    } else {
      letGo();
    }
  }

  /** Between whole messages an aware server may say why it ends the connection. */
  private boolean isRefused(Held waiting, More more) {
    if (track.peer() != Peer.AWARE || !script.isFramed()) {
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
     * @param residenceNanos how long it was with an aware peer, by its stamp, or a value of {@link
     *     Residence}
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
