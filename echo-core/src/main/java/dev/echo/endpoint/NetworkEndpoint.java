package dev.echo.endpoint;

import java.net.InetSocketAddress;

/** An endpoint with a host and a port. */
public sealed interface NetworkEndpoint extends Endpoint
    permits TcpEndpoint, TlsEndpoint, UdpEndpoint, WebSocketEndpoint {
  /** Of a host without a port; WebSocket has those of HTTP. */
  int DEFAULT_PORT = 65432;

  /**
   * Where it is.
   *
   * @return a name, an IPv4 address, or an IPv6 address without brackets
   */
  String host();

  /**
   * Where it is on its host.
   *
   * @return 0 to 65,535; 0 lets the system choose when a listener is bound
   */
  int port();

  /**
   * The same endpoint elsewhere, as when the system chose the port.
   *
   * @param host a name or an address, an IPv6 address with or without brackets
   * @param port 0 to 65,535
   * @return of the same kind
   */
  NetworkEndpoint at(String host, int port);

  /**
   * The address, not yet resolved.
   *
   * @return host and port
   */
  default InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host(), port());
  }

  /**
   * Puts this place into a text for people.
   *
   * @param text with {@code HOST:PORT} where a place is to be named
   * @return with host and port of this endpoint, as a URI has them
   */
  default String placed(String text) {
    String uri = Hosts.uri("", host(), port());
    return text.replace("HOST:PORT", uri.substring("://".length()));
  }
}
