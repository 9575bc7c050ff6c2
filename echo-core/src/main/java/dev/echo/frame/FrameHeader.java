package dev.echo.frame;

/**
 * The eight bytes in front of every frame, as one big-endian {@code long}, so that walking over
 * them allocates nothing.
 *
 * <pre>
 *   63            32 31      24 23      16 15            0
 *   +---------------+----------+----------+---------------+
 *   | length        | type     | flags    | 0             |
 *   +---------------+----------+----------+---------------+
 *     unsigned; counts the stamp, if flagged, and the payload; not the header
 * </pre>
 */
public final class FrameHeader {
  /** The length of a header in bytes. */
  public static final int BYTES = 8;

  /** The largest length a header can carry, in bytes. */
  public static final long MAX_LENGTH = 0xFFFF_FFFFL;

  static final int FLAG_MORE = 1;
  static final int FLAG_STAMP = 2;
  private static final int KNOWN_FLAGS = FLAG_MORE | FLAG_STAMP;

  private FrameHeader() {}

  /**
   * Makes the header of a frame without flags.
   *
   * @param type what the frame carries
   * @param payloadBytes 0 to {@link #MAX_LENGTH}
   * @return the header
   */
  public static long of(FrameType type, long payloadBytes) {
    return of(type, payloadBytes, 0);
  }

  /**
   * The header of a frame that is a whole message with a stamp in front of its payload.
   *
   * @param type of the payload
   * @param payloadBytes without the stamp; at most {@link #MAX_LENGTH} less {@link Stamp#BYTES}
   * @return the header, big endian
   */
  public static long stamped(FrameType type, long payloadBytes) {
    return of(type, Stamp.BYTES + payloadBytes, FLAG_STAMP);
  }

  static long of(FrameType type, long length, int flags) {
    if (length < 0 || length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "length: " + length + " (expected: 0.." + MAX_LENGTH + ")");
    }
    return length << 32 | (long) type.code() << 24 | (long) flags << 16;
  }

  /**
   * The number of bytes that follow the header: stamp, if any, and payload.
   *
   * @param header the header
   * @return 0 to {@link #MAX_LENGTH}
   */
  public static long length(long header) {
    return header >>> 32;
  }

  /**
   * The number of the frame's type.
   *
   * @param header the header
   * @return 0 to 255; see {@link FrameType#of(int)}
   */
  public static int typeCode(long header) {
    return (int) (header >>> 24) & 0xFF;
  }

  /**
   * Says whether the message goes on in the next frame.
   *
   * @param header the header
   * @return true if the MORE flag is set
   */
  public static boolean hasMore(long header) {
    return (flags(header) & FLAG_MORE) != 0;
  }

  /**
   * Says whether a stamp stands in front of the payload.
   *
   * @param header the header
   * @return true if the STAMP flag is set
   */
  public static boolean hasStamp(long header) {
    return (flags(header) & FLAG_STAMP) != 0;
  }

  static int flags(long header) {
    return (int) (header >>> 16) & 0xFF;
  }

  static boolean hasUnknownFlags(long header) {
    return (flags(header) & ~KNOWN_FLAGS) != 0;
  }

  static int reserved(long header) {
    return (int) header & 0xFFFF;
  }
}
