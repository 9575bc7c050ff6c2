package dev.echo.endpoint;

import java.net.InetSocketAddress;

/**
 * An endpoint over bare TCP.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65,535; 0 lets the system choose when a listener is bound
 */
public record TcpEndpoint(String host, int port) implements Endpoint {
  public TcpEndpoint {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host: empty (expected: a name or an address)");
    }
    if (port < 0 || port > 0xFFFF) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0..65535)");
    }
  }

  /**
   * Makes an endpoint, and takes the brackets off an IPv6 address.
   *
   * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
   * @param port 0 to 65,535
   * @return the endpoint
   */
  public static TcpEndpoint of(String host, int port) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new TcpEndpoint(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  /**
   * The address, not yet resolved.
   *
   * @return host and port
   */
  public InetSocketAddress address() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
