package dev.echo.endpoint;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A transport and why it is the one, by what was measured: see the project's page on performance.
 *
 * @param transport is available
 * @param reason one line, for people
 */
public record TransportChoice(Transport transport, String reason) {
  /**
   * From this release on, an io_uring is worked on by the thread that owns it when it asks for that
   * ({@code IORING_SETUP_DEFER_TASKRUN}, io_uring_setup(2)); on none before was anything measured.
   */
  private static final int URING_MAJOR = 6;

  private static final int URING_MINOR = 1;

  /**
   * Chooses what a server listens with: io_uring for streams over the network; what {@link
   * Transport#best} says if there is a UDP or a Unix socket among the listeners, for which epoll is
   * faster or keeps more, or if there is no io_uring.
   *
   * @param listeners all that share the event loops
   * @return an available transport
   */
  public static TransportChoice serving(Collection<? extends Endpoint> listeners) {
    Transport best = Transport.best();
    if (best != Transport.EPOLL) {
      return new TransportChoice(best, "the fastest here");
    }
    if (listeners.stream().anyMatch(UdpEndpoint.class::isInstance)) {
      return new TransportChoice(best, "the fastest for UDP");
    }
    if (listeners.stream().anyMatch(UnixEndpoint.class::isInstance)) {
      return new TransportChoice(best, "Unix sockets half-close with it");
    }
    String missing = whyNoUring();
    return missing == null
        ? new TransportChoice(Transport.IO_URING, "the fastest for TCP")
        : new TransportChoice(best, "no io_uring: " + missing);
  }

  /** Says why io_uring is not chosen by itself; null if it may be. */
  static @Nullable String whyNoUring() {
    String release = System.getProperty("os.version", "");
    if (!isSince(release, URING_MAJOR, URING_MINOR)) {
      return "Linux " + release + " is older than " + URING_MAJOR + "." + URING_MINOR;
    }
    Throwable cause = Transport.IO_URING.unavailability();
    if (cause == null) {
      return null;
    }
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("not available");
  }

  /** Compares the first two numbers of a kernel's release, such as 6.1.0-13-amd64. */
  static boolean isSince(String release, int major, int minor) {
    String[] numbers = release.split("\\D+", 3);
    if (numbers.length < 2 || numbers[0].isEmpty() || numbers[1].isEmpty()) {
      return false;
    }
    int its = Integer.parseInt(numbers[0]);
    return its > major || (its == major && Integer.parseInt(numbers[1]) >= minor);
  }

  /** For people: the transport and, in parentheses, why. */
  @Override
  public String toString() {
    return transport + " (" + reason + ")";
  }
}
