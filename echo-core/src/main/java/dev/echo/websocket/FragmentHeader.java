package dev.echo.websocket;

import io.netty.buffer.ByteBuf;

/**
 * The bytes in front of every fragment (RFC 6455, 5.2).
 *
 * <pre>
 *   1 bit  3 bits  4 bits    1 bit  7 bits                    0, 2 or 8 bytes  0 or 4 bytes
 *   +-----+-------+--------+ +------+-----------------------+ +--------------+ +-------------+
 *   | FIN | 0     | opcode | | MASK | length, or 126 or 127 | | length       | | masking key |
 *   +-----+-------+--------+ +------+-----------------------+ +--------------+ +-------------+
 *     FIN: the last of its message   MASK: from clients only
 * </pre>
 */
public final class FragmentHeader {
  /** The longest that a server writes. */
  public static final int MAX_BYTES = 10;

  /** The longest of all, with a masking key. */
  public static final int MAX_MASKED_BYTES = 14;

  /** The most payload that a control frame has. */
  public static final int MAX_CONTROL_BYTES = 125;

  static final int FINAL = 0x80;
  static final int RESERVED = 0x70;
  static final int OPCODE = 0x0F;
  static final int MASKED = 0x80;
  static final int LENGTH = 0x7F;
  static final int LENGTH_16 = 126;
  static final int LENGTH_64 = 127;
  private static final int MAX_16 = 0xFFFF;

  /** Whether a message goes on behind a fragment. */
  public enum Place {
    /** The last fragment of its message, or the only one; every control frame. */
    LAST,
    /** Another one follows. */
    MORE_FOLLOWS
  }

  private FragmentHeader() {}

  /**
   * Writes the header of a server's fragment.
   *
   * @param out takes 2 to {@link #MAX_BYTES}
   * @param opcode of {@link Opcode}
   * @param place whether the message goes on
   * @param length of the payload, 0 or more
   */
  public static void write(ByteBuf out, int opcode, Place place, long length) {
    write(out, opcode, place, length, 0);
  }

  /**
   * Writes the header of a client's fragment.
   *
   * @param out takes 6 to {@link #MAX_MASKED_BYTES}
   * @param opcode of {@link Opcode}
   * @param place whether the message goes on
   * @param length of the payload, 0 or more
   * @param key masks the payload
   */
  static void writeMasked(ByteBuf out, int opcode, Place place, long length, int key) {
    write(out, opcode, place, length, MASKED);
    out.writeInt(key);
  }

  private static void write(ByteBuf out, int opcode, Place place, long length, int masked) {
    out.writeByte(opcode | (place == Place.LAST ? FINAL : 0));
    if (length < LENGTH_16) {
      out.writeByte((int) length | masked);
    } else if (length <= MAX_16) {
      out.writeByte(LENGTH_16 | masked).writeShort((int) length);
    } else {
      out.writeByte(LENGTH_64 | masked).writeLong(length);
    }
  }
}
