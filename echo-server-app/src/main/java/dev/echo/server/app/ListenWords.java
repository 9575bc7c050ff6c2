package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the words that say where to listen, as people write them. */
final class ListenWords {
  static final String DEFAULT_HOST = "127.0.0.1";
  static final int DEFAULT_PORT = 65432;

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private ListenWords() {}

  /** Nothing, {@code HOST}, {@code HOST PORT}, {@code HOST:PORT}, {@code [V6]:PORT} or a URI. */
  static Endpoint parse(@Nullable String first, @Nullable String second) throws UsageException {
    if (first == null) {
      return TcpEndpoint.of(DEFAULT_HOST, DEFAULT_PORT);
    }
    if (second != null) {
      return hostAndPort(first, second);
    }
    if (first.contains("://")) {
      return uri(first);
    }
    if (NUMBER.matcher(first).matches()) {
      throw new UsageException(
          "'" + first + "' is no host (a port goes behind it: " + DEFAULT_HOST + " " + first + ")");
    }
    int colon = first.lastIndexOf(':');
    boolean portGiven =
        colon >= 0 && (first.indexOf(':') == colon || first.charAt(colon - 1) == ']');
    return portGiven
        ? hostAndPort(first.substring(0, colon), first.substring(colon + 1))
        : endpoint(first, DEFAULT_PORT);
  }

  static Endpoint uri(String uri) throws UsageException {
    try {
      return Endpoint.parse(uri);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static Endpoint hostAndPort(String host, String port) throws UsageException {
    if (!NUMBER.matcher(port).matches() || port.length() > 5) {
      throw new UsageException("'" + port + "' is no port (expected: 0 to 65535)");
    }
    if (host.contains("://")) {
      throw new UsageException(
          "'" + host + "' cannot have a port behind it (expected: tcp://HOST:PORT, or HOST PORT)");
    }
    return endpoint(host, Integer.parseInt(port));
  }

  private static Endpoint endpoint(String host, int port) throws UsageException {
    try {
      return TcpEndpoint.of(host, port);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
