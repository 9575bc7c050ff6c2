package dev.echo.client;

import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message that came back whole and equal.
 *
 * @param type what the message carried
 * @param bytes the length of its payload
 * @param serviceTimeNanos from the moment its first byte was flushed to the socket until its last
 *     byte was verified, in nanoseconds
 * @param stamp the peer's times, or null if none were asked for or the peer is plain
 */
public record EchoReply(FrameType type, long bytes, long serviceTimeNanos, @Nullable Stamp stamp) {

  /**
   * How long the message was with the server, by its own account.
   *
   * @return {@link Stamp#residenceNanos()}; empty without a stamp, from a plain peer, and if the
   *     stamp's times are unusable
   */
  public OptionalLong residenceNanos() {
    return stamp != null && stamp.isFilled() && stamp.isPlausible(serviceTimeNanos)
        ? OptionalLong.of(stamp.residenceNanos())
        : OptionalLong.empty();
  }

  /**
   * Says whether the server filled the stamp with times that cannot be right: sent before received,
   * or a residence longer than {@link #serviceTimeNanos()}.
   *
   * @return true if there is a stamp, and no residence can be told from it
   */
  public boolean hasUnusableStamp() {
    return stamp != null && stamp.isFilled() && !stamp.isPlausible(serviceTimeNanos);
  }
}
