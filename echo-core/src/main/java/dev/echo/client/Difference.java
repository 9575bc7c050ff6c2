package dev.echo.client;

import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Where two runs of bytes part, the bytes of each from there on, and what that comes to. */
final class Difference {
  private static final byte[] NOTHING = {};

  private final long offset;
  private final byte[] expected;
  private final byte[] actual;
  private final Finding finding;

  /** Which message it is about; 0 for the one that was to come. */
  private final long message;

  private Difference(long message, long offset, byte[] expected, byte[] actual, Finding finding) {
    this.message = message;
    this.offset = offset;
    this.expected = expected;
    this.actual = actual;
    this.finding = finding;
  }

  static Difference at(long offset, byte[] expected, byte[] actual, Finding finding) {
    return new Difference(0, offset, expected, actual, finding);
  }

  /** So many bytes came though nothing was to come; their beginning is shown. */
  static Difference surplus(byte[] actual, long bytes) {
    return new Difference(0, 0, NOTHING, actual, Finding.surplus(bytes));
  }

  /** A message came again; the beginning of it is shown. */
  static Difference again(long number, byte[] actual) {
    return new Difference(number, 0, NOTHING, actual, Finding.duplicated());
  }

  /** Copies the beginning of what is readable, as much as a window holds. */
  static byte[] window(ByteBuf bytes) {
    int length = Math.min(bytes.readableBytes(), MismatchException.WINDOW_BYTES);
    return ByteBufUtil.getBytes(bytes, bytes.readerIndex(), length);
  }

  /** Which message it is about, if so many have come back. */
  long message(long echoed) {
    return message == 0 ? echoed + 1 : message;
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

  Finding finding() {
    return finding;
  }
}
