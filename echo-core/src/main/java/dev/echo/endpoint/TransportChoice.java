package dev.echo.endpoint;

import java.util.Collection;
import java.util.List;
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

  /** At 16 connections epoll and io_uring send the same, at 50 io_uring sends a tenth more. */
  private static final int MANY_CONNECTIONS = 32;

  /** With 64 bytes io_uring is faster, with 1 KiB no more. */
  private static final int SMALL_MESSAGE_BYTES = 256;

  /**
   * Chooses what a server listens with: io_uring for streams over the network; what {@link
   * Transport#best} says if there is a UDP or a Unix socket among the listeners, for which epoll is
   * faster or keeps more, or if there is no io_uring.
   *
   * @param listeners all that share the event loops
   * @return an available transport
   */
  public static TransportChoice serving(Collection<? extends Endpoint> listeners) {
    boolean udp = false;
    boolean unix = false;
    for (Endpoint listener : listeners) {
      udp |= listener instanceof UdpEndpoint;
      unix |= listener instanceof UnixEndpoint;
    }
    // Asked first: a transport that is not taken is not loaded.
    String missing = udp || unix ? null : whyNoUring();
    if (!udp && !unix && missing == null) {
      return new TransportChoice(Transport.IO_URING, "the fastest for TCP");
    }
    Transport best = Transport.best();
    if (best != Transport.EPOLL) {
      return new TransportChoice(best, "the fastest here");
    }
    if (udp) {
      return new TransportChoice(best, "the fastest for UDP");
    }
    return new TransportChoice(
        best, unix ? "Unix sockets half-close with it" : "no io_uring: " + missing);
  }

  /**
   * Chooses what sends as many messages as a path takes: io_uring for many connections with small
   * messages over TCP, where it is there, since it needs fewer calls of the system for them; else
   * what {@link Transport#best} says, which hands each message to the kernel at once and is faster
   * for few connections and for large messages.
   *
   * @param endpoint where to
   * @param connections of one event loop
   * @param messageBytes the longest message
   * @return an available transport
   */
  public static TransportChoice saturating(Endpoint endpoint, int connections, int messageBytes) {
    boolean isTcp = !(endpoint instanceof UdpEndpoint) && !(endpoint instanceof UnixEndpoint);
    if (isTcp && connections >= MANY_CONNECTIONS && messageBytes <= SMALL_MESSAGE_BYTES) {
      return serving(List.of(endpoint));
    }
    return calling();
  }

  /**
   * Chooses what a client sends with when it need not send as much as it can.
   *
   * @return an available transport
   */
  public static TransportChoice calling() {
    Transport best = Transport.best();
    return new TransportChoice(
        best, best == Transport.EPOLL ? "hands over each message at once" : "the fastest here");
  }

  /** Says why io_uring is not chosen by itself; null if it may be. */
  static @Nullable String whyNoUring() {
    String system = System.getProperty("os.name", "");
    if (!system.equals("Linux")) {
      return system + " has none";
    }
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
