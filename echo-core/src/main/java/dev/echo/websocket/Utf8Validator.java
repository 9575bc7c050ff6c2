package dev.echo.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Checks that bytes are UTF-8 (RFC 3629), however they are cut: no overlong forms, no surrogates,
 * nothing above U+10FFFF. What is kept between two pieces is what the next byte may be.
 */
public final class Utf8Validator {
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;
  private static final int LOWEST_NEXT = 0x80;
  private static final int HIGHEST_NEXT = 0xBF;

  private int missing;
  private int lowest = LOWEST_NEXT;
  private int highest = HIGHEST_NEXT;

  /** Makes a validator that stands before the first byte. */
  public Utf8Validator() {}

  /**
   * Checks the next bytes. After a false it is of no use until {@link #reset()}.
   *
   * @param in holds them; its indices stay
   * @param index of the first one
   * @param bytes how many
   * @return false if they can't stand where they do
   */
  public boolean accept(ByteBuf in, int index, int bytes) {
    int at = index;
    int end = index + bytes;
    while (at < end) {
      if (missing == 0) {
        while (end - at >= Long.BYTES && (in.getLong(at) & NOT_ASCII) == 0) {
          at += Long.BYTES;
        }
      }
      if (at < end && !accept(in.getUnsignedByte(at++))) {
        return false;
      }
    }
    return true;
  }

  private boolean accept(int value) {
    if (missing > 0) {
      boolean fits = value >= lowest && value <= highest;
      missing--;
      lowest = LOWEST_NEXT;
      highest = HIGHEST_NEXT;
      return fits;
    }
    if (value < 0x80) {
      return true;
    }
    if (value < 0xC2 || value > 0xF4) {
      return false;
    }
    missing = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    // The second byte keeps out overlong forms, surrogates, and what is above the last code point.
    switch (value) {
      case 0xE0 -> lowest = 0xA0;
      case 0xED -> highest = 0x9F;
      case 0xF0 -> lowest = 0x90;
      case 0xF4 -> highest = 0x8F;
      default -> {}
    }
    return true;
  }

  /**
   * Whether the bytes so far end with a whole character.
   *
   * @return false inside of one
   */
  public boolean isComplete() {
    return missing == 0;
  }

  /** Begins again, with another text. */
  public void reset() {
    missing = 0;
    lowest = LOWEST_NEXT;
    highest = HIGHEST_NEXT;
  }
}
