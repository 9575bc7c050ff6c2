package dev.echo.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each source address, at most {@value #MAX_SOURCES} of them. When there is no
 * room, the bucket that was used longest ago gives way if it is full again, so nothing is forgotten
 * that matters; if it is not, the new source shares one bucket with all others that find no room.
 * So invented sources neither use up memory nor refill anybody's bucket. Belongs to one event loop.
 */
final class SourceBuckets {
  static final int MAX_SOURCES = 16_384;

  private final double perSecond;
  private final int burst;
  private final Map<Long, TokenBucket> buckets = new LinkedHashMap<>(16, 0.75f, true);
  private final TokenBucket shared;

  SourceBuckets(double perSecond, int burst, long nowNanos) {
    this.perSecond = perSecond;
    this.burst = burst;
    shared = new TokenBucket(perSecond, burst, nowNanos);
  }

  boolean take(InetAddress source, long nowNanos) {
    Long key = key(source);
    TokenBucket bucket = buckets.get(key);
    if (bucket == null) {
      if (buckets.size() >= MAX_SOURCES && !makeRoom(nowNanos)) {
        return shared.take(nowNanos);
      }
      bucket = new TokenBucket(perSecond, burst, nowNanos);
      buckets.put(key, bucket);
    }
    return bucket.take(nowNanos);
  }

  private boolean makeRoom(long nowNanos) {
    Iterator<TokenBucket> eldest = buckets.values().iterator();
    if (!eldest.next().isFull(nowNanos)) {
      return false;
    }
    eldest.remove();
    return true;
  }

  int size() {
    return buckets.size();
  }

  /** An IPv4 address, or the 64 bits of an IPv6 address that name a network. */
  private static Long key(InetAddress source) {
    ByteBuffer bytes = ByteBuffer.wrap(source.getAddress());
    return source instanceof Inet6Address ? bytes.getLong() : bytes.getInt();
  }
}
