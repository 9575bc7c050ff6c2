package dev.echo.limit;

import java.util.concurrent.TimeUnit;

/**
 * A token bucket as the time at which it would be full (the "virtual scheduling" form of the
 * generic cell rate algorithm, ITU-T I.371), so that a source costs one number.
 */
final class TokenBucket {
  private final long intervalNanos;
  private final long burstNanos;
  private long fullAtNanos;

  TokenBucket(double perSecond, int burst, long nowNanos) {
    intervalNanos = Math.max(1, Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond));
    burstNanos = intervalNanos * (burst - 1L);
    fullAtNanos = nowNanos;
  }

  /** Takes a token if there is one. */
  boolean take(long nowNanos) {
    long from = fullAtNanos - nowNanos > 0 ? fullAtNanos : nowNanos;
    if (from - nowNanos > burstNanos) {
      return false;
    }
    fullAtNanos = from + intervalNanos;
    return true;
  }

  boolean isFull(long nowNanos) {
    return fullAtNanos - nowNanos <= 0;
  }
}
