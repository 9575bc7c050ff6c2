package dev.echo.frame;

import io.netty.buffer.ByteBuf;

/**
 * The datagrams by which a client shows that it receives at the address from which it sends.
 *
 * <pre>
 *   0                          8                 16
 *   +--------------------------+-----------------+
 *   | FE 45 43 48 4F 0D 0A C1  | cookie          |   server to client: return this cookie
 *   | FE 45 43 48 4F 0D 0A 41  | cookie          |   client to server, which returns it as it is
 *   +--------------------------+-----------------+
 * </pre>
 */
public final class Challenge {
  /** The length of either datagram in bytes: no request that is shorter is challenged. */
  public static final int BYTES = Preface.BYTES + Long.BYTES;

  private static final long CHALLENGE = 0xFE45_4348_4F0D_0AC1L;
  private static final long RESPONSE = 0xFE45_4348_4F0D_0A41L;

  private Challenge() {}

  /**
   * Writes what a server asks.
   *
   * @param out takes {@link #BYTES}
   * @param cookie to be returned
   */
  public static void writeChallenge(ByteBuf out, long cookie) {
    out.writeLong(CHALLENGE).writeLong(cookie);
  }

  /**
   * Writes what a client answers.
   *
   * @param out takes {@link #BYTES}
   * @param cookie as it came
   */
  public static void writeResponse(ByteBuf out, long cookie) {
    out.writeLong(RESPONSE).writeLong(cookie);
  }

  /**
   * Says whether a datagram is a server's question.
   *
   * @param datagram the whole datagram; its indices stay
   * @return true if it is
   */
  public static boolean isChallenge(ByteBuf datagram) {
    return is(datagram, CHALLENGE);
  }

  /**
   * Says whether a datagram is a client's answer.
   *
   * @param datagram the whole datagram; its indices stay
   * @return true if it is
   */
  public static boolean isResponse(ByteBuf datagram) {
    return is(datagram, RESPONSE);
  }

  private static boolean is(ByteBuf datagram, long first) {
    return datagram.readableBytes() == BYTES && datagram.getLong(datagram.readerIndex()) == first;
  }

  /**
   * Reads the cookie.
   *
   * @param datagram either of the two; its indices stay
   * @return the cookie
   */
  public static long cookie(ByteBuf datagram) {
    return datagram.getLong(datagram.readerIndex() + Preface.BYTES);
  }
}
