package dev.echo.frame;

import io.netty.buffer.ByteBuf;

/**
 * The 32 bytes in front of a payload by which an aware server tells when it had a message.
 *
 * <pre>
 *   0          8            16         24         32
 *   +----------+------------+----------+----------+
 *   | sequence | received   | sent     | count    |     u64, i64, i64, u64
 *   +----------+------------+----------+----------+
 *     client     server: all three 0 from the client
 * </pre>
 *
 * @param sequence the client's number of the message, unsigned
 * @param receivedNanos when the server's read event held the header, nanoseconds since the Unix
 *     epoch; 0 from a plain peer
 * @param sentNanos when the server handed the header to be written, on the same clock; 0 from a
 *     plain peer
 * @param count how many stamped frames the server has read on this connection, this one included; 0
 *     from a plain peer. It counts messages if only the first frame of each is stamped
 */
public record Stamp(long sequence, long receivedNanos, long sentNanos, long count) {
  /** The length of a stamp in bytes. */
  public static final int BYTES = 32;

  private static final int RECEIVED = 8;
  private static final int SENT = 16;
  private static final int COUNT = 24;

  /**
   * Makes the stamp of a message that is about to be sent.
   *
   * @param sequence the client's number of the message
   * @return a stamp whose other fields are 0
   */
  public static Stamp request(long sequence) {
    return new Stamp(sequence, 0, 0, 0);
  }

  /**
   * Says whether an aware server filled this stamp.
   *
   * @return false if a plain peer returned it as it was
   */
  public boolean isFilled() {
    return receivedNanos != 0 || sentNanos != 0 || count != 0;
  }

  /**
   * The time between the server's read event and its write, in nanoseconds. It leaves out kernel
   * buffers, pauses before the read, and the tail of a large message.
   *
   * @return {@code sentNanos - receivedNanos}
   */
  public long residenceNanos() {
    return sentNanos - receivedNanos;
  }

  /**
   * Says whether the times can be right: sent not before received, and not with the server for
   * longer than the whole way took. Both are differences of one clock each, so clocks that are set
   * apart are no reason to doubt them.
   *
   * @param serviceTimeNanos from the send until the echo was whole, by the client's clock
   * @return false if a residence made of them would be a wrong figure
   */
  public boolean isPlausible(long serviceTimeNanos) {
    return sentNanos >= receivedNanos && residenceNanos() <= serviceTimeNanos;
  }

  /** The bytes at the beginning of a stamp that are the client's; the peer fills in the others. */
  public static final int CLIENT_BYTES = 8;

  /**
   * Writes a stamp as a client sends it.
   *
   * @param out takes {@link #BYTES}
   * @param sequence the client's number of the message
   */
  public static void writeRequest(ByteBuf out, long sequence) {
    out.writeLong(sequence).writeLong(0).writeLong(0).writeLong(0);
  }

  /**
   * Reads a stamp.
   *
   * @param in holds it; its indices stay
   * @param index where it begins
   * @return the stamp
   */
  public static Stamp read(ByteBuf in, int index) {
    return new Stamp(
        in.getLong(index),
        in.getLong(index + RECEIVED),
        in.getLong(index + SENT),
        in.getLong(index + COUNT));
  }

  /**
   * Reads how long the message was with the server, without making a stamp of it.
   *
   * @param in holds the stamp; its indices stay
   * @param index where it begins
   * @return {@link #residenceNanos()}; 0 if the peer is plain
   */
  public static long residenceNanos(ByteBuf in, int index) {
    return in.getLong(index + SENT) - in.getLong(index + RECEIVED);
  }

  /**
   * Reads the server's count, without making a stamp of it.
   *
   * @param in holds the stamp; its indices stay
   * @param index where it begins
   * @return {@link #count()}
   */
  public static long count(ByteBuf in, int index) {
    return in.getLong(index + COUNT);
  }

  /**
   * Says whether an aware server filled a stamp, without making a stamp of it.
   *
   * @param in holds the stamp; its indices stay
   * @param index where it begins
   * @return {@link #isFilled()}
   */
  public static boolean isFilled(ByteBuf in, int index) {
    return (in.getLong(index + RECEIVED) | in.getLong(index + SENT) | in.getLong(index + COUNT))
        != 0;
  }

  void write(ByteBuf out) {
    out.writeLong(sequence).writeLong(receivedNanos).writeLong(sentNanos).writeLong(count);
  }

  /**
   * Fills in what a server knows when it reads a stamp. The sequence stays as it is.
   *
   * @param buffer holds the stamp; its indices are not moved
   * @param index where the stamp begins
   * @param receivedNanos nanoseconds since the Unix epoch
   * @param count stamped frames so far, this one included
   */
  public static void fillReceived(ByteBuf buffer, int index, long receivedNanos, long count) {
    buffer.setLong(index + RECEIVED, receivedNanos);
    buffer.setLong(index + COUNT, count);
  }

  /**
   * Fills in when the server hands the stamp to be written.
   *
   * @param buffer holds the stamp; its indices are not moved
   * @param index where the stamp begins
   * @param sentNanos nanoseconds since the Unix epoch, on the same clock as the received time
   */
  public static void fillSent(ByteBuf buffer, int index, long sentNanos) {
    buffer.setLong(index + SENT, sentNanos);
  }
}
