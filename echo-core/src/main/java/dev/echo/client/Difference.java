package dev.echo.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Where two runs of bytes part, and the bytes of each from there on. */
final class Difference {
  private static final byte[] NOTHING = {};

  private final long offset;
  private final byte[] expected;
  private final byte[] actual;
  private final String remark;

  private Difference(long offset, byte[] expected, byte[] actual, String remark) {
    this.offset = offset;
    this.expected = expected;
    this.actual = actual;
    this.remark = remark;
  }

  static Difference at(long offset, byte[] expected, byte[] actual) {
    return new Difference(offset, expected, actual, "");
  }

  static Difference surplus(byte[] actual) {
    return new Difference(0, NOTHING, actual, "");
  }

  /** Copies the beginning of what is readable, as much as a window holds. */
  static byte[] window(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), MismatchException.WINDOW_BYTES);
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
  }

  /** Adds what a person should know besides the bytes. */
  Difference withRemark(String sentence) {
    return new Difference(offset, expected, actual, " (" + sentence + ")");
  }

  long offset() {
    return offset;
  }

  byte[] expected() {
    return expected.clone();
  }

  byte[] actual() {
    return actual.clone();
  }

  String remark() {
    return remark;
  }
}
