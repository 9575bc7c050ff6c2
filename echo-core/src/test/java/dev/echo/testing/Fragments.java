package dev.echo.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** WebSocket frames (RFC 6455), written by hand. */
public final class Fragments {
  /** The key that this class masks with. */
  private static final int KEY = 0xA1B2_C3D4;

  private Fragments() {}

  /**
   * As a client sends it.
   *
   * @param first its first byte: FIN and opcode
   * @param payload not masked yet
   * @return header and masked payload
   */
  public static Bytes masked(int first, Bytes payload) {
    ByteBuf key = Unpooled.copyInt(KEY);
    byte[] bytes = payload.toArray();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= key.getByte(i % Integer.BYTES);
    }
    return head(first, 0x80, bytes.length).then(Bytes.of(key)).then(Bytes.of(bytes));
  }

  /**
   * As a server sends it.
   *
   * @param first its first byte: FIN and opcode
   * @param payload as it is
   * @return header and payload
   */
  public static Bytes plain(int first, Bytes payload) {
    return head(first, 0, payload.size()).then(payload);
  }

  /**
   * A text as bytes.
   *
   * @param text any
   * @return its UTF-8
   */
  public static Bytes utf8(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The payload of a close frame.
   *
   * @param code the code
   * @param sentence behind it
   * @return both
   */
  public static Bytes closing(int code, String sentence) {
    return Bytes.of(Unpooled.copyShort(code)).then(utf8(sentence));
  }

  private static Bytes head(int first, int mask, int length) {
    ByteBuf out = Unpooled.buffer().writeByte(first);
    if (length < 126) {
      out.writeByte(length | mask);
    } else if (length < 65536) {
      out.writeByte(126 | mask).writeShort(length);
    } else {
      out.writeByte(127 | mask).writeLong(length);
    }
    return Bytes.of(out);
  }
}
