package dev.echo.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Bytes as a value: equal if they are the same, and readable in a failure message. Holds its own
 * copy.
 *
 * @param hex the bytes as hexadecimal digits
 */
public record Bytes(String hex) {
  /** No bytes. */
  public static final Bytes NONE = new Bytes("");

  /**
   * Takes a copy of an array.
   *
   * @param bytes the bytes
   * @return the value
   */
  public static Bytes of(byte... bytes) {
    return new Bytes(ByteBufUtil.hexDump(bytes));
  }

  /**
   * Takes a copy of what is readable. Indices stay, and so does the reference count.
   *
   * @param buffer the bytes
   * @return the value
   */
  public static Bytes of(ByteBuf buffer) {
    return new Bytes(ByteBufUtil.hexDump(buffer));
  }

  /**
   * Puts other bytes behind these.
   *
   * @param other the bytes behind
   * @return both
   */
  public Bytes then(Bytes other) {
    return new Bytes(hex + other.hex);
  }

  /**
   * The bytes again.
   *
   * @return a new array
   */
  public byte[] toArray() {
    return ByteBufUtil.decodeHexDump(hex);
  }

  /**
   * The first bytes.
   *
   * @param count how many, 0 to {@link #size()}
   * @return those
   */
  public Bytes first(int count) {
    return new Bytes(hex.substring(0, 2 * count));
  }

  /**
   * How many bytes there are.
   *
   * @return 0 or more
   */
  public int size() {
    return hex.length() / 2;
  }

  /**
   * Joins arrays.
   *
   * @param parts the arrays, in order
   * @return a new array
   */
  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(all::writeBytes);
    return all.toByteArray();
  }

  @Override
  public String toString() {
    return "Bytes[" + hex + "]";
  }
}
