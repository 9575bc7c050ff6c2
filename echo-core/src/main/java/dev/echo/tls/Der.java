package dev.echo.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the few kinds of values that a certificate is made of, in DER (X.690). */
final class Der {
  private static final int LONG_FORM = 0x80;

  private Der() {}

  static byte[] sequence(byte[]... elements) {
    return value(0x30, join(elements));
  }

  static byte[] set(byte[]... elements) {
    return value(0x31, join(elements));
  }

  static byte[] integer(BigInteger number) {
    return value(0x02, number.toByteArray());
  }

  static byte[] bitString(byte[] bytes, int unusedBits) {
    return value(0x03, join(new byte[] {(byte) unusedBits}, bytes));
  }

  static byte[] octetString(byte[] bytes) {
    return value(0x04, bytes);
  }

  static byte[] utf8(String text) {
    return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] yes() {
    return value(0x01, new byte[] {(byte) 0xFF});
  }

  /** A value of the context: {@code [tag]}, with a value inside or bare bytes. */
  static byte[] context(int tag, boolean constructed, byte[] content) {
    return value((constructed ? 0xA0 : 0x80) | tag, content);
  }

  /** An object identifier such as {@code 2.5.29.17}. */
  static byte[] oid(String dotted) {
    int[] arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(arcs[0] * 40 + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(arcs[i]) + 6) / 7);
      for (int group = groups - 1; group >= 0; group--) {
        int bits = (arcs[i] >> (7 * group)) & 0x7F;
        out.write(group == 0 ? bits : bits | LONG_FORM);
      }
    }
    return value(0x06, out.toByteArray());
  }

  /** A time as {@code 260101000000Z}. */
  static byte[] utcTime(String text) {
    return value(0x17, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] value(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < LONG_FORM) {
      out.write(content.length);
    } else {
      byte[] length = BigInteger.valueOf(content.length).toByteArray();
      int from = length[0] == 0 ? 1 : 0;
      out.write(LONG_FORM | (length.length - from));
      out.write(length, from, length.length - from);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
