package dev.echo.websocket;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a WebSocket here (RFC 6455, 10.2): those of the same host and port, those
 * without an Origin header, which are no pages, and those that are named. The default port of the
 * origin's scheme is the same as none, on both sides (RFC 6454, 4 and 6.2). Immutable.
 */
public final class AllowedOrigins {
  /** Only the same origin. */
  public static final AllowedOrigins SAME = new AllowedOrigins(Set.of());

  private static final String ANY = "*";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s,]+");

  private static final String AFTER_SCHEME = "://";
  private static final Map<String, String> DEFAULT_PORTS =
      Map.of("http", ":80", "ws", ":80", "https", ":443", "wss", ":443");

  private final Set<String> named;

  private AllowedOrigins(Set<String> named) {
    this.named = Set.copyOf(named);
  }

  /**
   * Allows one more.
   *
   * @param origin such as {@code https://example.org:8443}; {@code null}, which is what a page from
   *     a file says; or {@code *} for all
   * @return these and that one
   * @throws IllegalArgumentException if it is no origin
   */
  public AllowedOrigins and(String origin) {
    String lower = origin.toLowerCase(Locale.ROOT);
    if (!ORIGIN.matcher(lower).matches() && !lower.equals("null") && !lower.equals(ANY)) {
      throw new IllegalArgumentException(
          "origin: '" + origin + "' (expected: SCHEME://HOST[:PORT], null or *)");
    }
    Set<String> more = new TreeSet<>(named);
    more.add(withoutDefaultPort(lower));
    return new AllowedOrigins(more);
  }

  /**
   * Decides.
   *
   * @param origin what the Origin header says, null without one
   * @param host what the Host header says, null without one
   * @return whether a WebSocket may be opened
   */
  boolean allow(@Nullable String origin, @Nullable String host) {
    if (origin == null || named.contains(ANY)) {
      return true;
    }
    String asked = withoutDefaultPort(origin.toLowerCase(Locale.ROOT));
    int scheme = asked.indexOf(AFTER_SCHEME);
    // A proxy may have taken off TLS, so the origin's scheme is the one of the host, too.
    boolean same =
        host != null
            && scheme >= 0
            && asked.equals(
                withoutDefaultPort(
                    asked.substring(0, scheme) + AFTER_SCHEME + host.toLowerCase(Locale.ROOT)));
    return same || named.contains(asked);
  }

  private static String withoutDefaultPort(String origin) {
    int scheme = Math.max(0, origin.indexOf(AFTER_SCHEME));
    String port = DEFAULT_PORTS.getOrDefault(origin.substring(0, scheme), ":");
    return origin.endsWith(port) ? origin.substring(0, origin.length() - port.length()) : origin;
  }

  @Override
  public String toString() {
    return named.isEmpty() ? "same origin" : "same origin, " + String.join(", ", named);
  }
}
