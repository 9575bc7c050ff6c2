package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.EndpointWords;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the words that say where to listen, as people write them. */
final class ListenWords {
  static final String DEFAULT_HOST = "127.0.0.1";
  static final int DEFAULT_PORT = NetworkEndpoint.DEFAULT_PORT;

  private ListenWords() {}

  /** Nothing, {@code HOST}, {@code HOST PORT}, {@code HOST:PORT}, {@code [V6]:PORT} or a URI. */
  static Endpoint parse(@Nullable String first, @Nullable String second) throws UsageException {
    if (first == null) {
      return TcpEndpoint.of(DEFAULT_HOST, DEFAULT_PORT);
    }
    EndpointWords named = read(second == null ? List.of(first) : List.of(first, second));
    if (second != null && named.count() == 1) {
      throw new UsageException(
          "'" + second + "': a port follows a host alone (expected: HOST PORT, or HOST:PORT)");
    }
    return named.endpoint();
  }

  /** What follows an option. */
  static Endpoint uri(String uri) throws UsageException {
    return read(List.of(uri)).endpoint();
  }

  private static EndpointWords read(List<String> words) throws UsageException {
    try {
      return EndpointWords.read(words);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
