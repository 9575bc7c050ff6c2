package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;

/**
 * Follows the datagrams of one UDP socket, each a message by itself: verifies each that comes in
 * full, and tells what became of those that were sent. One that names itself, or has a stamp, is
 * known by that; another one is taken for the oldest with the same bytes that is under way.
 *
 * <p>Belongs to the event loop of its socket.
 */
public final class DatagramFollower {
  private final Script script;
  private final int connection;
  private final Sink sink;
  private final int prefaceBytes;
  private final DatagramWindow window = new DatagramWindow();
  private final DatagramReading reading;

  /** Behind the latest one whose echo came in time. */
  private long nextExpected;

  /**
   * Makes a follower.
   *
   * @param script what is sent; used by this thread only
   * @param connection which socket; a run counts them from 1
   * @param sink is told
   */
  public DatagramFollower(Script script, int connection, Sink sink) {
    this.script = script;
    this.connection = connection;
    this.sink = sink;
    reading = new DatagramReading(script, connection, window);
    prefaceBytes = reading.prefaceBytes();
  }

  /**
   * The first message that was not sent yet.
   *
   * @return from 0
   */
  public long next() {
    return window.next();
  }

  /**
   * How many datagrams are under way: sent, not back, and not given up.
   *
   * @return 0 or more
   */
  public int open() {
    return window.open();
  }

  /**
   * The length of the next datagram.
   *
   * @return bytes, all in front of the payload included
   */
  public int nextBytes() {
    return prefaceBytes + script.bytes(connection, window.next());
  }

  /**
   * Writes the next datagram, which leaves now.
   *
   * @param out takes {@link #nextBytes} of it
   * @param sentNanos when it leaves, on the caller's clock
   */
  public void send(ByteBuf out, long sentNanos) {
    if (window.isFull()) {
      forgetFirst();
    }
    write(out, window.next());
    window.add(sentNanos);
  }

  /**
   * Writes a datagram again that had been held up, not lost.
   *
   * @param sequence of one that is under way
   * @param out takes it
   */
  public void write(ByteBuf out, long sequence) {
    if (prefaceBytes > 0) {
      Preface.writeRequest(out);
    }
    script.write(out, connection, sequence);
  }

  /**
   * The oldest datagram that is under way.
   *
   * @return {@link #next()} if none is
   */
  public long oldestOpen() {
    return window.oldestOpen();
  }

  /**
   * Says whether a datagram is under way.
   *
   * @param sequence of one from {@link #oldestOpen} on that was sent
   * @return false once it came back or was given up
   */
  public boolean isOpen(long sequence) {
    return window.isOpen(sequence);
  }

  /**
   * When a datagram left.
   *
   * @param sequence of one that is under way
   * @return on the caller's clock
   */
  public long sentNanos(long sequence) {
    return window.sentNanos(sequence);
  }

  /**
   * Gives up those that left before a time. Their echo is late if it comes now.
   *
   * @param nanos on the caller's clock
   */
  public void giveUpBefore(long nanos) {
    for (long oldest = window.oldestOpen();
        oldest < window.next() && window.sentNanos(oldest) - nanos < 0;
        oldest = window.oldestOpen()) {
      giveUp(oldest);
    }
  }

  /** Gives up all, and forgets them: nothing more is told. */
  public void end() {
    while (window.first() < window.next()) {
      forgetFirst();
    }
  }

  private void giveUp(long sequence) {
    window.settle(sequence, DatagramWindow.LOST);
    sink.lost(sequence, window.sentNanos(sequence));
  }

  private void forgetFirst() {
    long first = window.first();
    if (window.isOpen(first)) {
      giveUp(first);
    }
    if (window.state(first) == DatagramWindow.LOST) {
      sink.neverCame(first, window.sentNanos(first));
    }
    window.forgetFirst();
  }

  /**
   * Follows a datagram that came.
   *
   * @param in is neither changed nor released
   * @param nanos when it came, on the caller's clock
   */
  public void received(ByteBuf in, long nanos) {
    Peer peer = reading.peer(in);
    long sequence = reading.sequence(in);
    if (sequence == DatagramReading.NONE) {
      sink.inAddition(reading.stranger(in), nanos);
      return;
    }
    boolean isEqual = peer != Peer.UNKNOWN && reading.isMessage(in, sequence, peer);
    long residence = answered(in, sequence, peer);
    if (!isEqual) {
      ruined(in, sequence, peer, nanos);
    } else if (!window.knows(sequence)) {
      sink.duplicated(sequence, nanos);
    } else {
      settle(sequence, in.readableBytes(), residence);
    }
  }

  /** How long it was with an aware peer, if anything says it. */
  private long answered(ByteBuf in, long sequence, Peer peer) {
    if (peer != Peer.AWARE || !script.isStamped() || !window.knows(sequence)) {
      return Residence.NONE;
    }
    int stamp = in.readerIndex() + prefaceBytes + FrameHeader.BYTES;
    long count = Stamp.count(in, stamp);
    if (window.count(sequence, count)) {
      sink.answered(sequence, window.sentNanos(sequence), count);
    }
    return Residence.nanos(in, stamp);
  }

  private void settle(long sequence, int bytes, long residenceNanos) {
    long sentNanos = window.sentNanos(sequence);
    switch (window.state(sequence)) {
      case DatagramWindow.OPEN -> {
        window.settle(sequence, DatagramWindow.ECHOED);
        if (sequence < nextExpected) {
          sink.reordered(sequence, sentNanos);
        } else {
          nextExpected = sequence + 1;
        }
        sink.echoed(sequence, sentNanos, bytes, residenceNanos);
      }
      case DatagramWindow.LOST -> {
        window.settle(sequence, DatagramWindow.LATE);
        sink.late(sequence, sentNanos);
      }
      default -> sink.duplicated(sequence, sentNanos);
    }
  }

  private void ruined(ByteBuf in, long sequence, Peer peer, long nanos) {
    WrongEcho wrong = reading.difference(in, sequence, peer);
    if (window.knows(sequence) && window.isOpen(sequence)) {
      window.settle(sequence, DatagramWindow.WRONG);
      sink.wrong(wrong, window.sentNanos(sequence));
    } else {
      sink.inAddition(wrong, nanos);
    }
  }

  /** Is told what becomes of the datagrams, by the thread of the socket. */
  public interface Sink {
    /**
     * The echo of a datagram came in time, whole and equal.
     *
     * @param sequence which one
     * @param sentNanos when it left
     * @param bytes of the datagram
     * @param residenceNanos how long it was with an aware peer, by its stamp, or a value of {@link
     *     Residence}
     */
    void echoed(long sequence, long sentNanos, int bytes, long residenceNanos);

    /**
     * The echo that is told next came behind that of a datagram that was sent later.
     *
     * @param sequence which one
     * @param sentNanos when it left
     */
    void reordered(long sequence, long sentNanos);

    /**
     * A datagram is given up.
     *
     * @param sequence which one
     * @param sentNanos when it left
     */
    void lost(long sequence, long sentNanos);

    /**
     * The echo of a datagram that had been told as lost came after all.
     *
     * @param sequence which one
     * @param sentNanos when it left
     */
    void late(long sequence, long sentNanos);

    /**
     * A datagram that was told as lost is forgotten now: it is lost for good.
     *
     * @param sequence which one
     * @param sentNanos when it left
     */
    void neverCame(long sequence, long sentNanos);

    /**
     * An echo that had come came again.
     *
     * @param sequence which one
     * @param sentNanos when it left, or about now if that is forgotten
     */
    void duplicated(long sequence, long sentNanos);

    /**
     * An aware peer has read a datagram, and its answer is the first with this count.
     *
     * @param sequence which one
     * @param sentNanos when it left
     * @param count the peer's, in the stamp
     */
    void answered(long sequence, long sentNanos, long count);

    /**
     * A datagram that was under way came back wrong.
     *
     * @param wrong which one, and how
     * @param sentNanos when it left
     */
    void wrong(WrongEcho wrong, long sentNanos);

    /**
     * A datagram came that is the echo of none that is under way.
     *
     * @param wrong what came
     * @param nanos when
     */
    void inAddition(WrongEcho wrong, long nanos);
  }
}
