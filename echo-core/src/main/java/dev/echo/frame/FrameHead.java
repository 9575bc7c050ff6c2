package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a frame: what {@link FrameDecoder} emits in front of the payload and what {@link
 * FrameEncoder} takes there.
 *
 * @param type what the frame carries
 * @param payloadBytes the length of the payload, stamp not counted: 0 to {@link
 *     FrameHeader#MAX_LENGTH}, less 32 with a stamp
 * @param more true if the message goes on in the next frame; only with BINARY and TEXT
 * @param stamp the stamp in front of the payload, or null if there is none; only with BINARY and
 *     TEXT
 */
public record FrameHead(FrameType type, long payloadBytes, boolean more, @Nullable Stamp stamp) {
  public FrameHead {
    boolean isMessage = type == FrameType.BINARY || type == FrameType.TEXT;
    if (!isMessage && (more || stamp != null)) {
      throw new IllegalArgumentException(
          "type: " + type + " with a flag (expected: neither MORE nor STAMP)");
    }
    long most = FrameHeader.MAX_LENGTH - (stamp == null ? 0 : Stamp.BYTES);
    if (payloadBytes < 0 || payloadBytes > most) {
      throw new IllegalArgumentException(
          "payloadBytes: " + payloadBytes + " (expected: 0.." + most + ")");
    }
  }

  /**
   * Makes the head of a message that is one frame without a stamp.
   *
   * @param type what the frame carries
   * @param payloadBytes the length of the payload
   * @return the head
   */
  public static FrameHead whole(FrameType type, long payloadBytes) {
    return new FrameHead(type, payloadBytes, false, null);
  }

  /**
   * The number of bytes that this frame takes on the wire.
   *
   * @return header, stamp and payload
   */
  public long wireBytes() {
    return FrameHeader.BYTES + (stamp == null ? 0 : Stamp.BYTES) + payloadBytes;
  }

  /**
   * Writes this head as it goes over the wire.
   *
   * @param out gets the header, and the stamp if there is one
   */
  public void write(ByteBuf out) {
    out.writeLong(header());
    if (stamp != null) {
      stamp.write(out);
    }
  }

  /** Reads a header that a walker has found sound. */
  static FrameHead of(long header, @Nullable Stamp stamp) {
    FrameType type = FrameType.of(FrameHeader.typeCode(header));
    if (type == null) {
      throw new IllegalArgumentException("type: " + FrameHeader.typeCode(header));
    }
    long payloadBytes = FrameHeader.length(header) - (stamp == null ? 0 : Stamp.BYTES);
    return new FrameHead(type, payloadBytes, FrameHeader.hasMore(header), stamp);
  }

  long header() {
    int flags = (more ? FrameHeader.FLAG_MORE : 0) | (stamp == null ? 0 : FrameHeader.FLAG_STAMP);
    return FrameHeader.of(type, wireBytes() - FrameHeader.BYTES, flags);
  }
}
