package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one connection is in what comes back: reads what agrees, and tells each message that is
 * over. Stores nothing, and allocates nothing but once for a stamp that came in pieces.
 */
final class Track {
  private final Script script;
  private final int connection;
  private final Follower.Sink sink;

  private Peer peer = Peer.UNKNOWN;
  private long next;
  private long sent;

  /** How many bytes of the next message have come and agreed. */
  private int from;

  /** Ends each loop that a callback has pulled the ground from under. */
  private int epoch;

  /** When the bytes were received that are being looked at. */
  private long nanos;

  private @Nullable TornStamp stamp;

  Track(Script script, int connection, Follower.Sink sink) {
    this.script = script;
    this.connection = connection;
    this.sink = sink;
  }

  void begin(long nextSequence, Peer other) {
    peer = other;
    next = nextSequence;
    sent = nextSequence;
    from = 0;
  }

  /** Ends what a callback is called from. */
  void end() {
    epoch++;
  }

  int epoch() {
    return epoch;
  }

  Peer peer() {
    return peer;
  }

  void peer(Peer other) {
    peer = other;
  }

  long next() {
    return next;
  }

  long sent() {
    return sent;
  }

  /** The first message that was not sent yet. */
  void sent(long sequence) {
    sent = sequence;
  }

  int from() {
    return from;
  }

  long nanos() {
    return nanos;
  }

  void nanos(long receivedNanos) {
    nanos = receivedNanos;
  }

  /**
   * Reads what agrees; stops in front of the first byte that does not.
   *
   * @param held knows when the bytes came; null if it is now
   */
  void follow(ByteBuf in, @Nullable Held held) {
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
      return Residence.NONE;
    }
    if (from == 0) {
      return Residence.nanos(in, index + FrameHeader.BYTES);
    }
    return keepStamp(in, index, agreed).residenceNanos();
  }

  private TornStamp keepStamp(ByteBuf in, int index, int agreed) {
    TornStamp torn = stamp == null ? new TornStamp() : stamp;
    torn.keep(in, index, from, agreed);
    stamp = torn;
    return torn;
  }

  /** Writes what has agreed of the next message, as it came. */
  void writeAgreed(ByteBuf out) {
    if (from > 0) {
      script.write(out, connection, next);
      out.writerIndex(from);
      if (stamp != null && script.isStamped()) {
        stamp.restore(out);
      }
    }
  }

  /** Goes on behind the messages that are explained, and tells each. */
  void settle(Inspection found) {
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
      sink.echoed(sequence, script.bytes(connection, sequence), Residence.NONE);
    }
  }
}
