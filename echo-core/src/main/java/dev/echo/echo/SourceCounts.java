package dev.echo.echo;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Counts stamped datagrams of each source, address and port, for the stamps. It remembers at most
 * {@value #MAX_SOURCES} sources, forgets the one that was silent for longest, and begins again with
 * one that was silent for a minute: another client may have its port by then.
 */
final class SourceCounts {
  static final int MAX_SOURCES = 16_384;

  private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final class Source {
    long count;
    long lastNanos;
  }

  private final Map<InetSocketAddress, Source> sources =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Source> eldest) {
          return size() > MAX_SOURCES;
        }
      };

  /** Counts one more. */
  long next(InetSocketAddress address, long nowNanos) {
    Source source = sources.computeIfAbsent(address, unknown -> new Source());
    if (nowNanos - source.lastNanos > REMEMBERED_NANOS) {
      source.count = 0;
    }
    source.lastNanos = nowNanos;
    return ++source.count;
  }

  int size() {
    return sources.size();
  }
}
