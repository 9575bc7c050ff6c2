package dev.echo.payload;

/**
 * The number of each message of a run, as it stands at the beginning of its payload: 20 bits of
 * connection and 44 of sequence, mixed with the seed so that no two runs look alike, and a check
 * over it, by which it is found again wherever it turns up.
 */
final class Ids {
  /** A number and its check. */
  static final int BYTES = 2 * Long.BYTES;

  /** The most messages of one connection. */
  static final long MAX_SEQUENCE = (1L << 44) - 1;

  private static final int SEQUENCE_BITS = 44;
  private static final long CHECK = 0x9E37_79B9_7F4A_7C15L;

  private final long key;

  Ids(long seed) {
    key = mix(seed + CHECK);
  }

  /** The word that stands for a message. */
  long word(int connection, long sequence) {
    return mix(((long) connection << SEQUENCE_BITS | sequence) ^ key);
  }

  /** What follows the word of a message in a block of its payload. */
  long check(long word, int block) {
    return mix(word + key + (block + 1L) * CHECK);
  }

  int connection(long word) {
    return (int) ((unmix(word) ^ key) >>> SEQUENCE_BITS);
  }

  long sequence(long word) {
    return (unmix(word) ^ key) & MAX_SEQUENCE;
  }

  /** The finalizer of MurmurHash3 with the constants of SplitMix64 (Steele, Lea, Flood 2014). */
  static long mix(long value) {
    long z = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
    return z ^ z >>> 31;
  }

  /** The inverse of {@link #mix}: the inverse factors modulo 2^64, the shifts undone. */
  static long unmix(long value) {
    long z = (value ^ value >>> 31 ^ value >>> 62) * 0x3196_42B2_D24D_8EC3L;
    z = (z ^ z >>> 27 ^ z >>> 54) * 0x96DE_1B17_3F11_9089L;
    return z ^ z >>> 30 ^ z >>> 60;
  }
}
