package dev.echo.client.app;

import dev.echo.endpoint.OpenFiles;
import java.util.Locale;

/** The file descriptors of this process, of which each connection takes one. */
final class Descriptors {
  /** Kept back for files to send, name lookup, entropy, classes. */
  static final int RESERVE = 32;

  /** What an event loop opens for itself: epoll, and what wakes it and times it. */
  private static final int PER_LOOP = 3;

  private Descriptors() {}

  /**
   * Returns a number of connections that this process can make.
   *
   * @throws IllegalArgumentException if it has too few descriptors, with their limit
   */
  static int checked(int connections) {
    return checked(connections, 0);
  }

  /**
   * Returns a number of connections that this process can make.
   *
   * @param filesEach how many files each of them has open besides
   * @throws IllegalArgumentException if it has too few descriptors, with their limit
   */
  static int checked(int connections, int filesEach) {
    OpenFiles files = OpenFiles.now();
    return checked(connections, filesEach, files.limit(), files.open());
  }

  static int checked(int connections, int filesEach, long limit, long inUse) {
    long each = 1L + filesEach;
    long taken = inUse + RESERVE + (long) PER_LOOP * Runtime.getRuntime().availableProcessors();
    if (connections * each > limit - taken) {
      throw new IllegalArgumentException(
          String.format(
              Locale.US,
              "connections: %,d (expected: at most %,d, since this process may open %,d files%s;"
                  + " to raise that: ulimit -n %d)",
              connections,
              Math.max(0, (limit - taken) / each),
              limit,
              filesEach == 0 ? "" : " and each connection reads one",
              connections * each + taken));
    }
    return connections;
  }
}
