package dev.echo.websocket;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a WebSocket here (RFC 6455, 10.2): those of the same host and port, those
 * without an Origin header, which are no pages, and those that are named. Immutable.
 */
public final class AllowedOrigins {
  /** Only the same origin. */
  public static final AllowedOrigins SAME = new AllowedOrigins(Set.of());

  private static final String ANY = "*";
  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#\\s,]+");

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
    more.add(lower);
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
    String lower = origin.toLowerCase(Locale.ROOT);
    int authority = lower.indexOf("://");
    // A proxy may have taken off TLS, so the scheme says nothing.
    boolean same =
        host != null
            && authority >= 0
            && lower.substring(authority + 3).equals(host.toLowerCase(Locale.ROOT));
    return same || named.contains(lower);
  }

  @Override
  public String toString() {
    return named.isEmpty() ? "same origin" : "same origin, " + String.join(", ", named);
  }
}
