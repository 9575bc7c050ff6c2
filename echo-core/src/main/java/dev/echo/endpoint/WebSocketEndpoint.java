package dev.echo.endpoint;

/**
 * An endpoint over WebSocket, over TCP or TLS.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65,535; 0 lets the system choose when a listener is bound
 * @param path what is asked for, with its query: begins with a slash
 * @param security whether it goes over TLS
 */
public record WebSocketEndpoint(String host, int port, String path, Security security)
    implements NetworkEndpoint {
  /** Whether TLS is under the WebSocket. */
  public enum Security {
    /** {@code ws://}. */
    NONE(80),
    /** {@code wss://}. */
    TLS(443);

    private final int defaultPort;

    Security(int defaultPort) {
      this.defaultPort = defaultPort;
    }

    /** The port of a host without one (RFC 6455, 3). */
    int defaultPort() {
      return defaultPort;
    }
  }

  /** Checks the ranges. */
  public WebSocketEndpoint {
    Hosts.check(host, port);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: '" + path + "' (expected: begins with /)");
    }
  }

  /**
   * Makes an endpoint, and takes the brackets off an IPv6 address.
   *
   * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
   * @param port 0 to 65,535
   * @param path what is asked for; begins with a slash
   * @param security whether it goes over TLS
   * @return the endpoint
   */
  public static WebSocketEndpoint of(String host, int port, String path, Security security) {
    return new WebSocketEndpoint(Hosts.withoutBrackets(host), port, path, security);
  }

  @Override
  public WebSocketEndpoint at(String newHost, int newPort) {
    return of(newHost, newPort, path, security);
  }

  @Override
  public boolean isSecure() {
    return security == Security.TLS;
  }

  @Override
  public String toString() {
    String uri = Hosts.uri(isSecure() ? "wss" : "ws", host, port);
    return path.equals("/") ? uri : uri + path;
  }
}
