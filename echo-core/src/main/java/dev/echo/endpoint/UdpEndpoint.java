package dev.echo.endpoint;

/**
 * An endpoint over UDP: a datagram is a message.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65,535; 0 lets the system choose when a listener is bound
 */
public record UdpEndpoint(String host, int port) implements NetworkEndpoint {
  /** Checks the ranges. */
  public UdpEndpoint {
    Hosts.check(host, port);
  }

  /**
   * Makes an endpoint, and takes the brackets off an IPv6 address.
   *
   * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
   * @param port 0 to 65,535
   * @return the endpoint
   */
  public static UdpEndpoint of(String host, int port) {
    return new UdpEndpoint(Hosts.withoutBrackets(host), port);
  }

  @Override
  public UdpEndpoint at(String newHost, int newPort) {
    return of(newHost, newPort);
  }

  @Override
  public String toString() {
    return Hosts.uri("udp", host, port);
  }
}
