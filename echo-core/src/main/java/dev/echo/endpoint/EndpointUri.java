package dev.echo.endpoint;

import dev.echo.endpoint.WebSocketEndpoint.Security;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the URIs of endpoints. */
final class EndpointUri {
  private static final int NO_PORT = -1;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private EndpointUri() {}

  static Endpoint parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw invalid(text, e);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return switch (scheme) {
      case "tcp" -> TcpEndpoint.of(host(uri, text), bare(uri, text));
      case "tls" -> TlsEndpoint.of(host(uri, text), bare(uri, text));
      case "udp" -> UdpEndpoint.of(host(uri, text), bare(uri, text));
      case "ws" -> webSocket(uri, text, Security.NONE, HTTP_PORT);
      case "wss" -> webSocket(uri, text, Security.TLS, HTTPS_PORT);
      case "unix" -> unix(uri, text);
      default -> throw invalid(text, null);
    };
  }

  private static String host(URI uri, String text) {
    if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw invalid(text, null);
    }
    return uri.getHost();
  }

  private static int bare(URI uri, String text) {
    if (uri.getPort() == NO_PORT || !uri.getRawPath().isEmpty() || uri.getRawQuery() != null) {
      throw invalid(text, null);
    }
    return uri.getPort();
  }

  private static Endpoint webSocket(URI uri, String text, Security security, int defaultPort) {
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    int port = uri.getPort() == NO_PORT ? defaultPort : uri.getPort();
    return WebSocketEndpoint.of(host(uri, text), port, path + query, security);
  }

  private static Endpoint unix(URI uri, String text) {
    if (uri.getRawAuthority() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getPath() == null
        || uri.getPath().length() < 2) {
      throw invalid(text, null);
    }
    try {
      return new UnixEndpoint(Path.of(uri.getPath()));
    } catch (InvalidPathException e) {
      throw invalid(text, e);
    }
  }

  private static IllegalArgumentException invalid(String uri, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "endpoint '"
            + uri
            + "' (expected: tcp://HOST:PORT, tls://HOST:PORT, udp://HOST:PORT, ws://HOST:PORT/PATH,"
            + " wss://HOST:PORT/PATH or unix:///PATH, an IPv6 address in brackets)",
        cause);
  }
}
