package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import dev.echo.payload.Inspector.More;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
  private static final int STAMP_END = FrameHeader.BYTES + Stamp.BYTES;
  private static final long ERROR_HEADER = FrameHeader.of(FrameType.ERROR, 0);
  private static final int MAX_ERROR_BYTES = Short.BYTES + FrameError.MAX_SENTENCE_BYTES;

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

  /** What came since the begin of a message that differs, and who looks at it. */
  private @Nullable ByteBuf window;

  private @Nullable Inspector inspector;

  /** There is nothing new to say about the window before it has so many bytes. */
  private int wanted;

  /** The stamp of a message that comes in pieces. */
  private @Nullable ByteBuf stamp;

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
   */
  public void received(ByteBuf in, long sentSequence) {
    sent = sentSequence;
    int begun = epoch;
    if (window == null && !isEnded) {
      follow(in);
    }
    if (in.isReadable() && !isEnded && begun == epoch) {
      hold(in);
      if (held().readableBytes() >= wanted) {
        judge(More.MAY_COME);
      }
    }
    in.skipBytes(in.readableBytes());
  }

  /** Judges what is held, since nothing more will come: it is silent, or over. */
  public void decideNow() {
    if (window != null) {
      judge(More.NOT_NOW);
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
   * Whether received bytes are held that differ from what was expected.
   *
   * @return true from the first byte that differs until the verdict
   */
  public boolean isInspecting() {
    return window != null;
  }

  /**
   * Whether all that was received are whole messages.
   *
   * @return false inside of a message
   */
  public boolean isAtBoundary() {
    return from == 0 && window == null;
  }

  /** Forgets what is held. Until it begins again it ignores what is received. */
  public void release() {
    epoch++;
    isEnded = true;
    releaseWindow();
  }

  /** Reads what agrees; stops in front of the first byte that does not. */
  private void follow(ByteBuf in) {
    int index = in.readerIndex();
    int end = in.writerIndex();
    int begun = epoch;
    while (index < end && next < sent && begun == epoch) {
      int length = script.bytes(connection, next);
      int agreed = script.agreeing(in, index, end - index, connection, next, from, peer);
      if (from + agreed == length) {
        long residence = residenceNanos(in, index, agreed);
        long sequence = next++;
        from = 0;
        index += agreed;
        sink.echoed(sequence, length, residence);
      } else {
        keepStamp(in, index, agreed);
        from += agreed;
        index += agreed;
        break;
      }
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
    keepStamp(in, index, agreed);
    return stamp == null ? -1 : Stamp.residenceNanos(stamp, 0);
  }

  /** Keeps the bytes of the stamp that are among those that agree. */
  private void keepStamp(ByteBuf in, int index, int agreed) {
    int first = Math.max(from, FrameHeader.BYTES);
    int bytes = Math.min(from + agreed, STAMP_END) - first;
    if (bytes > 0 && script.isStamped()) {
      if (stamp == null) {
        stamp = Unpooled.buffer(Stamp.BYTES);
      }
      in.getBytes(index + first - from, stamp.array(), first - FrameHeader.BYTES, bytes);
    }
  }

  /** Holds the bytes that differ, behind those of the same message that agreed. */
  private void hold(ByteBuf in) {
    if (window == null) {
      window = in.alloc().buffer(from + in.readableBytes());
      if (from > 0) {
        script.write(window, connection, next);
        window.writerIndex(from);
        int stampBytes = Math.min(from, STAMP_END) - FrameHeader.BYTES;
        if (stamp != null && stampBytes > 0) {
          window.setBytes(FrameHeader.BYTES, stamp.array(), 0, stampBytes);
        }
      }
      wanted = 0;
    }
    window.writeBytes(in, in.readerIndex(), in.readableBytes());
  }

  private ByteBuf held() {
    return window == null ? Unpooled.EMPTY_BUFFER : window;
  }

  /** Judges one message after the other until all that is held is explained or must wait. */
  private void judge(More more) {
    int begun = epoch;
    while (window != null && begun == epoch && !isRefused(more)) {
      if (inspector == null) {
        inspector = new Inspector(script, connection, next);
      }
      Inspection found = inspector.inspect(window, sent, peer, more);
      if (found.state() == Inspection.State.NEEDS_MORE) {
        wanted = found.bytes();
        window.discardReadBytes();
        return;
      }
      inspector = null;
      window.skipBytes(found.bytes());
      settle(found);
      if (begun == epoch && found.state() == Inspection.State.LOST) {
        release();
        sink.lost();
      } else if (begun == epoch) {
        followOn();
      }
    }
  }

  /** Goes on behind what is explained; if it differs again, from the begin of that message. */
  private void followOn() {
    from = 0;
    ByteBuf rest = held();
    int begun = epoch;
    follow(rest);
    if (begun != epoch) {
      return;
    }
    if (rest.isReadable()) {
      rest.readerIndex(rest.readerIndex() - from);
    } else {
      releaseWindow();
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
      if (sequence >= first && sequence < last) {
        tellWhole(first, sequence);
        first = sequence + 1;
      }
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
  private boolean isRefused(More more) {
    ByteBuf bytes = held();
    if (peer != Peer.AWARE || !script.isFramed()) {
      return false;
    }
    int start = bytes.readerIndex();
    int payloadBytes = bytes.readableBytes() - FrameHeader.BYTES;
    if (payloadBytes < 0) {
      wanted = FrameHeader.BYTES;
      return more == More.MAY_COME;
    }
    long header = bytes.getLong(start);
    long length = FrameHeader.length(header);
    boolean isError = (header & FrameHeader.MAX_LENGTH) == ERROR_HEADER;
    if (!isError || length < Short.BYTES || length > MAX_ERROR_BYTES) {
      return false;
    }
    wanted = FrameHeader.BYTES + (int) length;
    if (payloadBytes >= length || more == More.NOT_NOW) {
      int kept = (int) Math.min(payloadBytes, length);
      FrameError error = FrameError.read(bytes.slice(start + FrameHeader.BYTES, kept));
      release();
      sink.refused(error);
    }
    return true;
  }

  private void releaseWindow() {
    if (window != null) {
      window.release();
      window = null;
      inspector = null;
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
     * A message came back wrong. If its sequence is at least the next one that was expected so far,
     * and less than {@link Follower#nextSequence()} is now, this settles it: nothing more is told
     * of it. Otherwise it is about bytes that came in addition.
     *
     * @param wrong which one, and how
     */
    void wrong(WrongEcho wrong);

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
