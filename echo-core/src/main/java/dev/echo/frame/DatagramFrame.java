package dev.echo.frame;

import io.netty.buffer.ByteBuf;

/**
 * A datagram that carries one whole frame, preface included.
 *
 * <pre>
 *   0         8         16              48
 *   +---------+---------+---------------+-----------
 *   | preface | header  | stamp, if     | payload
 *   +---------+---------+ flagged ------+-----------
 * </pre>
 *
 * <p>Offsets count from the buffer's reader index, which no method moves.
 */
public final class DatagramFrame {
  /** The most bytes that a datagram can carry over IPv4. */
  public static final int MAX_DATAGRAM_BYTES = 65_507;

  /** The bytes in front of the payload of a stamped frame. */
  public static final int STAMPED_OVERHEAD = Preface.BYTES + FrameHeader.BYTES + Stamp.BYTES;

  private static final int HEADER = Preface.BYTES;
  private static final int STAMP = Preface.BYTES + FrameHeader.BYTES;
  private static final int LAST_PREFACE_BYTE = Preface.BYTES - 1;

  private DatagramFrame() {}

  /**
   * Says whether a datagram is a client's frame.
   *
   * @param datagram the whole datagram
   * @return true if it is a client's preface and exactly one sound frame, which is a whole message
   */
  public static boolean isRequest(ByteBuf datagram) {
    return datagram.readableBytes() >= STAMP
        && Preface.isRequest(preface(datagram))
        && holdsFrame(datagram, HeaderWalker.Direction.CLIENT_TO_SERVER);
  }

  /**
   * Says whether a datagram is an aware server's frame.
   *
   * @param datagram the whole datagram
   * @return true if it is a server's preface and exactly one sound frame, which is a whole message
   */
  public static boolean isAnswer(ByteBuf datagram) {
    return datagram.readableBytes() >= STAMP
        && Preface.isAnswer(preface(datagram))
        && holdsFrame(datagram, HeaderWalker.Direction.SERVER_TO_CLIENT);
  }

  /**
   * Says whether a datagram begins as only servers' datagrams do.
   *
   * @param datagram the whole datagram
   * @return true if it must never be answered
   */
  public static boolean isFromServer(ByteBuf datagram) {
    return datagram.readableBytes() >= Preface.BYTES && Preface.isFromServer(preface(datagram));
  }

  private static long preface(ByteBuf datagram) {
    return datagram.getLong(datagram.readerIndex());
  }

  private static boolean holdsFrame(ByteBuf datagram, HeaderWalker.Direction direction) {
    long header = header(datagram);
    return FrameHeader.length(header) == datagram.readableBytes() - STAMP
        && !FrameHeader.hasMore(header)
        && new HeaderWalker(direction, FrameHeader.MAX_LENGTH).check(header) == null;
  }

  /**
   * The header of the frame in a datagram.
   *
   * @param datagram holds a frame
   * @return the header, big endian
   */
  public static long header(ByteBuf datagram) {
    return datagram.getLong(datagram.readerIndex() + HEADER);
  }

  /**
   * Says whether the frame in a datagram has a stamp.
   *
   * @param datagram holds a frame
   * @return true if it does
   */
  public static boolean hasStamp(ByteBuf datagram) {
    return FrameHeader.hasStamp(header(datagram));
  }

  /**
   * The number that a datagram says, as far as it looks like a stamped frame, sound or not.
   *
   * @param datagram any
   * @return the client's number of the message; -1 if it says none
   */
  public static long claimedSequence(ByteBuf datagram) {
    boolean isLongEnough = datagram.readableBytes() >= STAMP + Long.BYTES;
    return isLongEnough
            && (Preface.isRequest(preface(datagram)) || Preface.isAnswer(preface(datagram)))
            && hasStamp(datagram)
        ? datagram.getLong(stampIndex(datagram))
        : -1;
  }

  /**
   * What stands behind the place where the stamp of a frame should end.
   *
   * @param datagram any
   * @return a view; empty if it ends before
   */
  public static ByteBuf stampedPayload(ByteBuf datagram) {
    int bytes = Math.max(0, datagram.readableBytes() - STAMPED_OVERHEAD);
    return datagram.slice(datagram.writerIndex() - bytes, bytes);
  }

  /**
   * Where the stamp begins.
   *
   * @param datagram holds a stamped frame
   * @return an index of the buffer
   */
  public static int stampIndex(ByteBuf datagram) {
    return datagram.readerIndex() + STAMP;
  }

  /**
   * Makes a client's preface a server's, in place.
   *
   * @param datagram holds a client's frame
   */
  public static void answer(ByteBuf datagram) {
    datagram.setByte(
        datagram.readerIndex() + LAST_PREFACE_BYTE, Preface.answerByte(LAST_PREFACE_BYTE));
  }

  /**
   * Writes all that stands in front of the payload.
   *
   * @param out takes {@link #STAMPED_OVERHEAD} bytes
   * @param type of the payload
   * @param sequence the client's number of the message
   * @param payloadBytes how many bytes follow
   */
  public static void writeRequest(ByteBuf out, FrameType type, long sequence, int payloadBytes) {
    Preface.writeRequest(out);
    out.writeLong(FrameHeader.stamped(type, payloadBytes));
    Stamp.writeRequest(out, sequence);
  }
}
