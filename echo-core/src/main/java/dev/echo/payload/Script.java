package dev.echo.payload;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What is sent over the connections of a run: the bytes of each message on the wire follow from the
 * seed, the connection and the sequence, so they are made when they go out and made again when they
 * come back, and nothing is stored in between. In frames mode each message is one BINARY frame.
 *
 * <p>For one thread at a time; {@link #twin()} makes one for another.
 */
public final class Script {
  private final Payloads payloads;
  private final boolean framed;
  private final boolean stamped;
  private final ByteBuf head = Unpooled.buffer(FrameHeader.BYTES + Stamp.BYTES);

  /**
   * Makes a script.
   *
   * @param mode frames or stream
   * @param stamps whether frames carry one
   * @param source what the payloads are
   * @param seed of generated payloads
   */
  public Script(ClientMode mode, Stamps stamps, PayloadSource source, long seed) {
    this(Payloads.of(source, seed), mode == ClientMode.FRAMES, stamps == Stamps.ON);
  }

  private Script(Payloads payloads, boolean framed, boolean stamped) {
    this.payloads = payloads;
    this.framed = framed;
    this.stamped = framed && stamped;
  }

  /**
   * Makes the same script for another thread.
   *
   * @return shares what never changes
   */
  public Script twin() {
    return new Script(payloads.twin(), framed, stamped);
  }

  /**
   * The bytes in front of each payload.
   *
   * @return header and stamp; 0 in stream mode
   */
  public int headBytes() {
    return framed ? FrameHeader.BYTES + stampBytes() : 0;
  }

  /**
   * The length of a message on the wire.
   *
   * @param connection which one; a run counts them from 1
   * @param sequence from 0
   * @return bytes, head included
   */
  public int bytes(int connection, long sequence) {
    return headBytes() + payloads.bytes(connection, sequence);
  }

  /**
   * The length of a message's payload.
   *
   * @param connection which one; a run counts them from 1
   * @param sequence from 0
   * @return bytes
   */
  public int payloadBytes(int connection, long sequence) {
    return payloads.bytes(connection, sequence);
  }

  /**
   * Writes a message.
   *
   * @param out takes {@link #bytes} of it
   * @param connection which one; a run counts them from 1
   * @param sequence from 0
   */
  public void write(ByteBuf out, int connection, long sequence) {
    int payloadBytes = payloads.bytes(connection, sequence);
    writeHead(out, sequence, payloadBytes);
    payloads.write(out, connection, sequence, payloadBytes);
  }

  /**
   * Counts how far received bytes agree with a message. The part of a stamp that an aware peer
   * fills in agrees with everything.
   *
   * @param in holds what was received; its indices stay
   * @param index of the first byte to look at
   * @param available how many bytes were received from there on
   * @param connection of the message
   * @param sequence of the message
   * @param from where in the message the first of those bytes belongs, head included
   * @param peer whether the stamp may be filled in
   * @return bytes that agree: less than both {@code available} and the rest of the message if one
   *     differs
   */
  public int agreeing(
      ByteBuf in, int index, int available, int connection, long sequence, int from, Peer peer) {
    int payloadBytes = payloads.bytes(connection, sequence);
    int headBytes = headBytes();
    int agreed = 0;
    if (from == 0 && framed && available >= headBytes) {
      agreed = isHead(in, index, sequence, payloadBytes, peer) ? headBytes : 0;
    }
    if (from + agreed < headBytes) {
      int wanted = Math.min(available, headBytes - from);
      agreed = agreeingHead(in, index, wanted, sequence, payloadBytes, from, peer);
      if (agreed < wanted || agreed == available) {
        return agreed;
      }
    }
    int at = from + agreed - headBytes;
    int wanted = Math.min(available - agreed, payloadBytes - at);
    return agreed + payloads.agreeing(in, index + agreed, wanted, connection, sequence, at);
  }

  /**
   * Says which message's payload begins at a place, if one certainly does.
   *
   * @param in holds what was received; its indices stay
   * @param index where a payload may begin
   * @return of which message, or null if none of this run's, or one shorter than 16 bytes, begins
   *     there
   */
  public @Nullable MessageId identify(ByteBuf in, int index) {
    return payloads.identify(in, index);
  }

  /** Whether a message names itself. */
  boolean isNamed(int connection, long sequence) {
    return payloads.isNamed(payloads.bytes(connection, sequence));
  }

  /** Whether some messages name themselves. */
  boolean isNaming() {
    return payloads.isNaming();
  }

  boolean isFramed() {
    return framed;
  }

  boolean isStamped() {
    return stamped;
  }

  private int stampBytes() {
    return stamped ? Stamp.BYTES : 0;
  }

  /** The header of a message with a payload of so many bytes. */
  long header(int payloadBytes) {
    return stamped
        ? FrameHeader.stamped(FrameType.BINARY, payloadBytes)
        : FrameHeader.of(FrameType.BINARY, payloadBytes);
  }

  private void writeHead(ByteBuf out, long sequence, int payloadBytes) {
    if (framed) {
      out.writeLong(header(payloadBytes));
    }
    if (stamped) {
      Stamp.writeRequest(out, sequence);
    }
  }

  private boolean isHead(ByteBuf in, int index, long sequence, int payloadBytes, Peer peer) {
    return in.getLong(index) == header(payloadBytes)
        && (!stamped || isStamp(in, index + FrameHeader.BYTES, sequence, peer));
  }

  private static boolean isStamp(ByteBuf in, int index, long sequence, Peer peer) {
    return in.getLong(index) == sequence && (peer == Peer.AWARE || !Stamp.isFilled(in, index));
  }

  private int agreeingHead(
      ByteBuf in, int index, int wanted, long sequence, int payloadBytes, int from, Peer peer) {
    writeHead(head.clear(), sequence, payloadBytes);
    int clients =
        stamped && peer == Peer.AWARE ? FrameHeader.BYTES + Stamp.CLIENT_BYTES : wanted + from;
    for (int i = 0; i < wanted && from + i < clients; i++) {
      if (in.getByte(index + i) != head.getByte(from + i)) {
        return i;
      }
    }
    return wanted;
  }
}
