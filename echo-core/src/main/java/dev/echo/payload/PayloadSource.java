package dev.echo.payload;

/** What the payload of the messages is. */
public sealed interface PayloadSource {
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
  }

  /** The largest payload of one message, 64 MiB. */
  int MAX_BYTES = 64 << 20;
}
