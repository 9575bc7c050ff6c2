package dev.echo.frame;

import static dev.echo.frame.FrameHeader.hasMore;
import static dev.echo.frame.FrameHeader.hasStamp;
import static dev.echo.frame.FrameHeader.length;
import static dev.echo.frame.FrameHeader.typeCode;

import org.jspecify.annotations.Nullable;

/**
 * Follows one direction of a connection from header to header, and checks each header against the
 * layout and against the one before it. It sees headers and counts, never payload: whoever holds
 * the buffers skips what {@link #remaining()} says, then shows the next header to {@link
 * #begin(long)}. Not thread-safe: it belongs to one channel and its event loop.
 */
public final class HeaderWalker {
  /** Which way the frames go; an ERROR is allowed from server to client only. */
  public enum Direction {
    /** What a server reads. */
    CLIENT_TO_SERVER,
    /** What a client reads. */
    SERVER_TO_CLIENT
  }

  private static final int NO_MESSAGE = -1;

  private final Direction direction;
  private final long maxFrameBytes;
  private long remaining;
  private int openType = NO_MESSAGE;

  /**
   * Makes a walker that stands before the first frame.
   *
   * @param direction which way the frames go
   * @param maxFrameBytes the longest frame allowed, stamp included and header not: 0 to {@link
   *     FrameHeader#MAX_LENGTH}, which allows all
   */
  public HeaderWalker(Direction direction, long maxFrameBytes) {
    if (maxFrameBytes < 0 || maxFrameBytes > FrameHeader.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "maxFrameBytes: " + maxFrameBytes + " (expected: 0.." + FrameHeader.MAX_LENGTH + ")");
    }
    this.direction = direction;
    this.maxFrameBytes = maxFrameBytes;
  }

  /**
   * The bytes of the present frame that are still to come.
   *
   * @return 0 between frames, else 1 to {@link FrameHeader#MAX_LENGTH}
   */
  public long remaining() {
    return remaining;
  }

  /**
   * Says whether the last frame announced another one of the same message.
   *
   * @return true from a header with the MORE flag to the next header
   */
  public boolean isMessageOpen() {
    return openType != NO_MESSAGE;
  }

  /**
   * Counts bytes of the present frame as passed.
   *
   * @param bytes 0 to {@link #remaining()}
   */
  public void skip(long bytes) {
    if (bytes < 0 || bytes > remaining) {
      throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0.." + remaining + ")");
    }
    remaining -= bytes;
  }

  /**
   * Enters the next frame, if its header is sound. Afterwards {@link #remaining()} is the header's
   * length.
   *
   * @param header the eight bytes behind the end of the frame before, big endian
   * @return null, or what is wrong with the header; then the walker stays where it was
   */
  public @Nullable FrameError begin(long header) {
    if (remaining != 0) {
      throw new IllegalStateException("inside a frame: " + remaining + " bytes remain");
    }
    FrameError error = check(header);
    if (error == null) {
      remaining = length(header);
      openType = hasMore(header) ? typeCode(header) : NO_MESSAGE;
    }
    return error;
  }

  /**
   * Says whether a header could stand here, without entering its frame.
   *
   * @param header eight bytes, big endian
   * @return null, or what is wrong with it
   */
  public @Nullable FrameError check(long header) {
    FrameType type = FrameType.of(typeCode(header));
    if (type == null) {
      return malformed("type " + typeCode(header) + " (expected: 0, 1 or 2)");
    }
    if (FrameHeader.hasUnknownFlags(header)) {
      return malformed("flags " + FrameHeader.flags(header) + " (expected: 0..3)");
    }
    if (FrameHeader.reserved(header) != 0) {
      return malformed("reserved field " + FrameHeader.reserved(header) + " (expected: 0)");
    }
    if (type == FrameType.ERROR) {
      return checkError(header);
    }
    if (type == FrameType.WHOAMI && FrameHeader.flags(header) != 0) {
      return malformed("WHOAMI with flags");
    }
    if (type == FrameType.WHOAMI
        && direction == Direction.CLIENT_TO_SERVER
        && length(header) != 0) {
      return malformed("WHOAMI of " + length(header) + " bytes from a client (expected: 0)");
    }
    if (hasStamp(header) && length(header) < Stamp.BYTES) {
      return malformed("stamped frame of " + length(header) + " bytes (expected: 32 or more)");
    }
    if (isMessageOpen() && openType != typeCode(header)) {
      return malformed("type " + typeCode(header) + " goes on with a message of type " + openType);
    }
    if (length(header) > maxFrameBytes) {
      return new FrameError(
          ErrorCode.FRAME_TOO_LARGE,
          "frame of " + length(header) + " bytes (allowed: " + maxFrameBytes + ")");
    }
    return null;
  }

  /** An ERROR may stand between any two frames, inside a message too: it ends the connection. */
  private @Nullable FrameError checkError(long header) {
    if (direction == Direction.CLIENT_TO_SERVER) {
      return malformed("ERROR from a client");
    }
    if (FrameHeader.flags(header) != 0) {
      return malformed("ERROR with flags");
    }
    return length(header) < Short.BYTES ? malformed("ERROR without a code") : null;
  }

  private static FrameError malformed(String what) {
    return new FrameError(ErrorCode.MALFORMED, "malformed frame: " + what);
  }
}
