package dev.echo.frame;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a frame: what {@link FrameDecoder} emits in front of the payload and what {@link
 * FrameEncoder} takes there.
 *
 * @param type what the frame carries
 * @param payloadBytes the length of the payload, stamp not counted: 0 to {@link
 *     FrameHeader#MAX_LENGTH}, less 32 with a stamp
 * @param more true if the message goes on in the next frame
 * @param stamp the stamp in front of the payload, or null if there is none
 */
public record FrameHead(FrameType type, long payloadBytes, boolean more, @Nullable Stamp stamp) {
  public FrameHead {
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

  long header() {
    int flags = (more ? FrameHeader.FLAG_MORE : 0) | (stamp == null ? 0 : FrameHeader.FLAG_STAMP);
    return FrameHeader.of(type, wireBytes() - FrameHeader.BYTES, flags);
  }
}
