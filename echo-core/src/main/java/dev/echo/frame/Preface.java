package dev.echo.frame;

import io.netty.buffer.ByteBuf;

/**
 * The eight bytes that open a connection in frames mode, sent once by the client with its first
 * frames right behind.
 *
 * <pre>
 *   FE 45 43 48 4F 0D 0A 01     0xFE, "ECHO", CR, LF, version; an aware server answers with 81 at the end
 * </pre>
 *
 * <p>0xFE occurs in no UTF-8 text and starts no TLS, HTTP, SSH or PROXY header; CR LF shows a path
 * that rewrites line ends.
 */
public final class Preface {
  /** The length of a preface in bytes. */
  public static final int BYTES = 8;

  private static final long REQUEST = 0xFE45_4348_4F0D_0A01L;
  private static final long ANSWER = 0xFE45_4348_4F0D_0A81L;

  private static final long ANY_VERSION = ~0xFFL;
  private static final long FROM_SERVER = 0x80;

  private Preface() {}

  /**
   * Writes the preface of a client.
   *
   * @param out gets the eight bytes
   */
  public static void writeRequest(ByteBuf out) {
    out.writeLong(REQUEST);
  }

  /**
   * Writes the preface of an aware server.
   *
   * @param out gets the eight bytes
   */
  public static void writeAnswer(ByteBuf out) {
    out.writeLong(ANSWER);
  }

  /**
   * Says whether eight bytes are a client's preface of this version.
   *
   * @param bytes the eight bytes, big endian
   * @return true if they are
   */
  public static boolean isRequest(long bytes) {
    return bytes == REQUEST;
  }

  /**
   * Says whether eight bytes are an aware server's preface of this version.
   *
   * @param bytes the eight bytes, big endian
   * @return true if they are
   */
  public static boolean isAnswer(long bytes) {
    return bytes == ANSWER;
  }

  /**
   * Says whether eight bytes are a preface that only servers send, of whatever version.
   *
   * @param bytes the eight bytes, big endian
   * @return true if they agree with a preface up to the version, whose top bit is set
   */
  public static boolean isFromServer(long bytes) {
    return (bytes & ANY_VERSION) == (REQUEST & ANY_VERSION) && (bytes & FROM_SERVER) != 0;
  }

  /**
   * Counts how many of the readable bytes agree with a client's preface, from its first byte on.
   *
   * @param in the bytes from the beginning of a connection; its indices are not moved
   * @return 0 to 8: {@code min(8, in.readableBytes())} if nothing differs so far, less if a byte
   *     differs, and then the number is that byte's offset
   */
  public static int matchingBytes(ByteBuf in) {
    int limit = Math.min(BYTES, in.readableBytes());
    int start = in.readerIndex();
    for (int i = 0; i < limit; i++) {
      if (in.getByte(start + i) != requestByte(i)) {
        return i;
      }
    }
    return limit;
  }

  static byte requestByte(int index) {
    return byteAt(REQUEST, index);
  }

  static byte answerByte(int index) {
    return byteAt(ANSWER, index);
  }

  private static byte byteAt(long preface, int index) {
    return (byte) (preface >>> ((BYTES - 1 - index) * Byte.SIZE));
  }
}
