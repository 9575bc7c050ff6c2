package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Preface;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a datagram that came is: who sent it, which message of its socket it is or was, and
 * how it differs from that.
 */
final class DatagramReading {
  /** Which message it is, if it is none of this socket's. */
  static final long NONE = -1;

  /** An unnamed datagram is looked for among so many. */
  private static final int MOST_COMPARED = 1 << 16;

  private final Script script;
  private final int connection;
  private final DatagramWindow window;
  private final int prefaceBytes;

  DatagramReading(Script script, int connection, DatagramWindow window) {
    this.script = script;
    this.connection = connection;
    this.window = window;
    prefaceBytes = script.isFramed() ? Preface.BYTES : 0;
  }

  /** How many bytes stand in front of each message. */
  int prefaceBytes() {
    return prefaceBytes;
  }

  /** Who sent it, by its preface; unknown if it has none and should have. */
  Peer peer(ByteBuf in) {
    if (prefaceBytes == 0) {
      return Peer.PLAIN;
    }
    if (in.readableBytes() < headBytes()) {
      return Peer.UNKNOWN;
    }
    long preface = in.getLong(in.readerIndex());
    return Preface.isRequest(preface)
        ? Peer.PLAIN
        : Preface.isAnswer(preface) ? Peer.AWARE : Peer.UNKNOWN;
  }

  /** Which message it is or was, or {@link #NONE}. */
  long sequence(ByteBuf in) {
    MessageId id = id(in);
    if (id != null && id.connection() != connection) {
      return NONE;
    }
    if (id != null && id.sequence() < window.next()) {
      return id.sequence();
    }
    return script.isStamped() && in.readableBytes() >= headBytes() ? stamped(in) : alike(in);
  }

  /** What is wrong with one that is none of this socket's. */
  WrongEcho stranger(ByteBuf in) {
    MessageId id = id(in);
    MessageId awaited = own(window.oldestOpen());
    return id != null && id.connection() != connection
        ? Findings.foreign(awaited, id.connection())
        : Findings.surplus(awaited, in.readableBytes());
  }

  /** Whether the whole of it is a message, as this peer returns it. */
  boolean isMessage(ByteBuf in, long sequence, Peer peer) {
    int index = in.readerIndex() + prefaceBytes;
    int bytes = in.readableBytes() - prefaceBytes;
    return bytes == script.bytes(connection, sequence)
        && script.agreeing(in, index, bytes, connection, sequence, 0, peer) == bytes;
  }

  /** What is wrong with one that is or was a message, and is not equal to it. */
  WrongEcho difference(ByteBuf in, long sequence, Peer peer) {
    int bytes = in.readableBytes() - prefaceBytes;
    if (bytes < 0 || (peer == Peer.UNKNOWN && bytes >= script.headBytes())) {
      return Findings.framingLost(own(sequence), 0);
    }
    ByteBuf message = in.slice(in.readerIndex() + prefaceBytes, bytes);
    Peer filled = peer == Peer.PLAIN ? Peer.PLAIN : Peer.AWARE;
    Evidence evidence =
        new Evidence(
            script, connection, sequence, window.next(), filled, message, Inspector.More.NOT_NOW);
    return new Remains(evidence, sequence).judge(bytes);
  }

  /** The name in it, if it has one. */
  private @Nullable MessageId id(ByteBuf in) {
    return in.readableBytes() >= headBytes() + Ids.BYTES
        ? script.identify(in, in.readerIndex() + headBytes())
        : null;
  }

  private int headBytes() {
    return prefaceBytes + script.headBytes();
  }

  private long stamped(ByteBuf in) {
    long sequence = in.getLong(in.readerIndex() + prefaceBytes + FrameHeader.BYTES);
    return sequence >= 0 && sequence < window.next() ? sequence : NONE;
  }

  /** The oldest message with these bytes that is missing, else one that came. */
  private long alike(ByteBuf in) {
    long copy = NONE;
    long oldest = window.oldestOpen();
    long least = Math.max(window.first(), window.next() - MOST_COMPARED);
    for (long each = Math.max(oldest, least); each < window.next(); each++) {
      if (window.isOpen(each) && isMessage(in, each, Peer.AWARE)) {
        return each;
      }
    }
    for (long each = least; each < window.next(); each++) {
      if (!window.isOpen(each) && isMessage(in, each, Peer.AWARE)) {
        if (window.state(each) == DatagramWindow.LOST) {
          return each;
        }
        copy = each;
      }
    }
    return copy;
  }

  private MessageId own(long sequence) {
    return new MessageId(connection, sequence);
  }
}
