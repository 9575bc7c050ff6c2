package dev.echo.payload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the payload of the messages is. */
public sealed interface PayloadSource {
  /**
   * The length of the longest message.
   *
   * @return bytes, 0 to {@link #MAX_BYTES}
   */
  int maxBytes();

  /**
   * Made from the seed, the connection and the sequence; unique from 16 bytes on.
   *
   * @param minBytes of one message; 0 or more
   * @param maxBytes of one message; at least {@code minBytes}, at most {@link #MAX_BYTES}
   */
  record Generated(int minBytes, int maxBytes) implements PayloadSource {
    /** Checks the range. */
    public Generated {
      if (minBytes < 0 || minBytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "size: " + minBytes + " (expected: 0.." + MAX_BYTES + ")");
      }
      if (maxBytes < minBytes || maxBytes > MAX_BYTES) {
        throw new IllegalArgumentException(
            "size: " + maxBytes + " (expected: " + minBytes + ".." + MAX_BYTES + ")");
      }
    }
  }

  /**
   * The same bytes in every message, so nothing can be said about which message came back wrong.
   *
   * @param bytes not copied, and not to be changed; at most {@link #MAX_BYTES}
   * @param name where they come from, for the report
   */
  @SuppressWarnings("ArrayRecordComponent") // read only, and compared by name
  record Fixed(byte[] bytes, String name) implements PayloadSource {
    /** Checks the range. */
    public Fixed {
      if (bytes.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            name + ": " + bytes.length + " bytes (expected: at most " + MAX_BYTES + ")");
      }
    }

    @Override
    public int maxBytes() {
      return bytes.length;
    }

    /**
     * What a saved result says of these bytes.
     *
     * @return their name, length and digest
     */
    public Saved saved() {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Saved(name, bytes.length, HexFormat.of().formatHex(digest));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }

  /**
   * What a saved result says of {@link Fixed} bytes that are not at hand: enough to show them and
   * to tell them from others, not to send them.
   *
   * @param name where they came from
   * @param length of one message
   * @param sha256 their SHA-256 in lower-case hexadecimal
   */
  record Saved(String name, int length, String sha256) implements PayloadSource {
    /** Checks the range. */
    public Saved {
      if (length < 0 || length > MAX_BYTES) {
        throw new IllegalArgumentException(
            name + ": " + length + " bytes (expected: 0.." + MAX_BYTES + ")");
      }
    }

    @Override
    public int maxBytes() {
      return length;
    }
  }

  /** The largest payload of one message, 64 MiB. */
  int MAX_BYTES = 64 << 20;
}
