package dev.echo.verify;

import io.netty.buffer.ByteBuf;

/**
 * Compares what came in the place of a message with the message, from both ends. It changes neither
 * of them, and is of use as long as they are.
 */
public final class Comparison {
  /** So many bytes that agree are no accident: one in 2^32. */
  public static final int CERTAIN_BYTES = 4;

  private final ByteBuf sent;
  private final ByteBuf came;
  private final int filledFrom;
  private final int filledTo;

  private Comparison(ByteBuf sent, ByteBuf came, int filledFrom, int filledTo) {
    this.sent = sent;
    this.came = came;
    this.filledFrom = filledFrom;
    this.filledTo = filledTo;
  }

  /**
   * Compares every byte.
   *
   * @param sent the whole message
   * @param came begins where the message should
   * @return the comparison
   */
  public static Comparison of(ByteBuf sent, ByteBuf came) {
    return new Comparison(sent, came, 0, 0);
  }

  /**
   * Leaves some bytes out, which agree with everything, since the peer fills them in.
   *
   * @param from the first one, counted from the begin of the message
   * @param to behind the last one
   * @return the comparison
   */
  public Comparison except(int from, int to) {
    return new Comparison(sent, came, from, to);
  }

  /**
   * Says what became of the message, if the bytes up to a place are all that is left of it.
   *
   * @param end how many bytes came
   * @return the finding, whose offset counts from the begin of the message
   */
  public Finding judge(int end) {
    return judge(front(end), end);
  }

  /**
   * The same, if it is known how many bytes agree from the begin on.
   *
   * @param front of the first {@code end} bytes
   * @param end how many bytes came
   * @return the finding, whose offset counts from the begin of the message
   */
  public Finding judge(int front, int end) {
    int length = sent.readableBytes();
    if (end == length) {
      return Finding.corrupt(front, differingBits());
    }
    int tail = tail(length, end);
    if (end < length && front == end && tail < CERTAIN_BYTES) {
      return Finding.truncated(end, length - end);
    }
    return front + tail >= Math.min(end, length)
        ? Finding.shifted(front, end - length)
        : Finding.unknown(front);
  }

  /** How many bytes agree from the begin on. */
  private int front(int end) {
    int most = Math.min(end, sent.readableBytes());
    int front = 0;
    while (front < most && isEqual(0, front)) {
      front++;
    }
    return front;
  }

  /**
   * Counts how many bytes in front of a place are the end of the first bytes of the message.
   *
   * @param bytes the first so many bytes of the message
   * @param end the place
   * @return how many agree, from the last one on
   */
  public int tail(int bytes, int end) {
    int most = Math.min(end, bytes);
    int tail = 0;
    while (tail < most && isEqual(end - bytes, bytes - tail - 1)) {
      tail++;
    }
    return tail;
  }

  /**
   * Counts how many bits differ between the message in its place and what is there.
   *
   * @return as far as both go
   */
  public long differingBits() {
    long bits = 0;
    int length = Math.min(sent.readableBytes(), came.readableBytes());
    for (int i = 0; i < length; i++) {
      if (!isEqual(0, i)) {
        bits += Integer.bitCount((sentAt(i) ^ cameAt(i)) & 0xFF);
      }
    }
    return bits;
  }

  /**
   * Says whether the message was rather hit than moved.
   *
   * @param agreed how many bytes agree from the begin on
   * @return true if at most one bit is wrong for each byte from the first wrong one on
   */
  public boolean isSlight(int agreed) {
    return differingBits() <= sent.readableBytes() - agreed;
  }

  /**
   * Says whether what came, as a whole, is rather this message than another one.
   *
   * @return true if it agrees in {@value #CERTAIN_BYTES} bytes, or in all of a shorter one, and it
   *     is known what happened to it
   */
  public boolean isResembling() {
    int length = sent.readableBytes();
    int end = came.readableBytes();
    int front = front(end);
    int least = Math.min(CERTAIN_BYTES, Math.min(length, end));
    int most = Math.min(length, end) - front;
    int agreed = front + Math.min(most, tail(length, end));
    return least > 0
        && agreed >= least
        && (end == length ? isSlight(front) : judge(front, end).verdict() != Verdict.UNKNOWN);
  }

  private boolean isEqual(int start, int i) {
    return (i >= filledFrom && i < filledTo) || sentAt(i) == cameAt(start + i);
  }

  private byte sentAt(int place) {
    return sent.getByte(sent.readerIndex() + place);
  }

  private byte cameAt(int place) {
    return came.getByte(came.readerIndex() + place);
  }
}
