package dev.echo.limit;

import dev.echo.frame.FrameHeader;
import java.time.Duration;

/**
 * What one server allows its peers. Immutable; checks itself when made.
 *
 * @param ceilingBytes the most process memory that one connection holds for data, whatever its peer
 *     does: 16 KiB or more, 256 KiB by default
 * @param receiveBufferBytes the kernel's receive buffer of a connection ({@code SO_RCVBUF}), which
 *     a peer can fill and then finish, and which then moves into the process: 4 KiB or more, or
 *     {@link #SYSTEM_RECEIVE_BUFFER} for the system's own growing one; 256 KiB by default. The send
 *     buffer ({@code SO_SNDBUF}) gets the same size, since the system reports progress in it by
 *     thirds
 * @param maxConnections open connections of all listeners together: 1 or more, unlimited by default
 * @param maxConnectionsPerSource open connections of one IP address: 1 or more, unlimited by
 *     default
 * @param maxFrameBytes the longest frame in frames mode, stamp included: 0 to 4,294,967,295, which
 *     is the default and allows all
 * @param idleTimeout how long a connection may be silent in both directions; {@link #NEVER} for no
 *     limit; 10 minutes by default. Peers on a loopback address or a Unix domain socket have no
 *     such limit
 * @param stallTimeout how long a peer may leave what is written to it unread, or a frame
 *     unfinished: the header with its stamp, and then every 64 KiB of payload, must be whole within
 *     it, whatever trickles in; {@link #NEVER} for no limit; 30 seconds by default
 */
public record Limits(
    int ceilingBytes,
    int receiveBufferBytes,
    int maxConnections,
    int maxConnectionsPerSource,
    long maxFrameBytes,
    Duration idleTimeout,
    Duration stallTimeout) {
  /** A timeout that never runs out. */
  public static final Duration NEVER = Duration.ZERO;

  /** Leaves the size of the kernel's receive buffer to the system; it may grow to megabytes. */
  public static final int SYSTEM_RECEIVE_BUFFER = 0;

  /** A number of connections that is never reached. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The defaults named at the components. */
  public static final Limits DEFAULT =
      new Limits(
          256 * 1024,
          256 * 1024,
          UNLIMITED,
          UNLIMITED,
          FrameHeader.MAX_LENGTH,
          Duration.ofMinutes(10),
          Duration.ofSeconds(30));

  private static final int MIN_CEILING_BYTES = 16 * 1024;
  private static final int MIN_RECEIVE_BUFFER_BYTES = 4 * 1024;
  private static final int MAX_READ_BYTES = 64 * 1024;

  public Limits {
    check(ceilingBytes >= MIN_CEILING_BYTES, "ceilingBytes", ceilingBytes, ">= 16384");
    check(
        receiveBufferBytes == SYSTEM_RECEIVE_BUFFER
            || receiveBufferBytes >= MIN_RECEIVE_BUFFER_BYTES,
        "receiveBufferBytes",
        receiveBufferBytes,
        "0, or >= 4096");
    check(maxConnections > 0, "maxConnections", maxConnections, "> 0");
    check(maxConnectionsPerSource > 0, "maxConnectionsPerSource", maxConnectionsPerSource, "> 0");
    check(
        maxFrameBytes >= 0 && maxFrameBytes <= FrameHeader.MAX_LENGTH,
        "maxFrameBytes",
        maxFrameBytes,
        "0.." + FrameHeader.MAX_LENGTH);
    check(!idleTimeout.isNegative(), "idleTimeout", idleTimeout, ">= 0");
    check(!stallTimeout.isNegative(), "stallTimeout", stallTimeout, ">= 0");
  }

  private static void check(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  /**
   * The largest buffer that one read fills, in bytes: a quarter of the ceiling, and at most 64 KiB.
   *
   * @return 4 KiB to 64 KiB
   */
  public int readBytes() {
    return Math.min(MAX_READ_BYTES, ceilingBytes / 4);
  }

  /**
   * The unwritten bytes at which reading stops: half the ceiling. One read may cross the mark, and
   * io_uring may have one more under way, which together make the other half.
   *
   * @return bytes, counted by the capacity of the buffers
   */
  public int highWaterMarkBytes() {
    return ceilingBytes / 2;
  }

  /**
   * The unwritten bytes at which reading goes on: a quarter of the ceiling.
   *
   * @return bytes, counted by the capacity of the buffers
   */
  public int lowWaterMarkBytes() {
    return ceilingBytes / 4;
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static LimitsBuilder builder() {
    return new LimitsBuilder();
  }
}
