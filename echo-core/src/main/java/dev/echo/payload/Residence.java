package dev.echo.payload;

import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;

/** How long a message was with an aware peer, by its stamp, or why nothing says that. */
public final class Residence {
  /** Nothing says it: the peer is plain, or there is no stamp. */
  public static final long NONE = -1;

  /** The stamp cannot be true: it was sent before it was received, or never filled in. */
  public static final long UNUSABLE = -2;

  private Residence() {}

  /**
   * Reads the stamp that an aware peer filled in.
   *
   * @param in holds it; its indices stay
   * @param index where it begins
   * @return nanoseconds, or {@link #UNUSABLE}
   */
  static long nanos(ByteBuf in, int index) {
    long nanos = Stamp.residenceNanos(in, index);
    return Stamp.isFilled(in, index) && nanos >= 0 ? nanos : UNUSABLE;
  }
}
