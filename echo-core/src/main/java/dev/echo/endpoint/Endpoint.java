package dev.echo.endpoint;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An address that echoes, or will. Its {@code toString()} is the URI that {@link #parse(String)}
 * reads.
 */
public sealed interface Endpoint permits TcpEndpoint {

  /**
   * Reads a URI such as {@code tcp://127.0.0.1:65432}.
   *
   * @param uri scheme, host and port; an IPv6 address in brackets
   * @return the endpoint
   * @throws IllegalArgumentException if it is no such URI; the message names what came and what was
   *     expected
   */
  static Endpoint parse(String uri) {
    URI parsed;
    try {
      parsed = new URI(uri);
    } catch (URISyntaxException e) {
      throw invalid(uri, e);
    }
    if (!"tcp".equalsIgnoreCase(parsed.getScheme())
        || parsed.getHost() == null
        || parsed.getPort() < 0
        || parsed.getRawUserInfo() != null
        || !parsed.getRawPath().isEmpty()
        || parsed.getRawQuery() != null
        || parsed.getRawFragment() != null) {
      throw invalid(uri, null);
    }
    return TcpEndpoint.of(parsed.getHost(), parsed.getPort());
  }

  /**
   * Names a socket address.
   *
   * @param address where a listener is bound or a peer is
   * @return the endpoint
   */
  static Endpoint of(InetSocketAddress address) {
    String host =
        address.isUnresolved()
            ? address.getHostString()
            : NetUtil.toAddressString(address.getAddress());
    return TcpEndpoint.of(host, address.getPort());
  }

  private static IllegalArgumentException invalid(String uri, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "endpoint '" + uri + "' (expected: tcp://HOST:PORT, an IPv6 address in brackets)", cause);
  }
}
