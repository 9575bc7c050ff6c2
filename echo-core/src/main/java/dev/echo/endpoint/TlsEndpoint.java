package dev.echo.endpoint;

/**
 * An endpoint over TLS over TCP.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port 0 to 65,535; 0 lets the system choose when a listener is bound
 */
public record TlsEndpoint(String host, int port) implements NetworkEndpoint {
  /** Checks the ranges. */
  public TlsEndpoint {
    Hosts.check(host, port);
  }

  /**
   * Makes an endpoint, and takes the brackets off an IPv6 address.
   *
   * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
   * @param port 0 to 65,535
   * @return the endpoint
   */
  public static TlsEndpoint of(String host, int port) {
    return new TlsEndpoint(Hosts.withoutBrackets(host), port);
  }

  @Override
  public TlsEndpoint at(String newHost, int newPort) {
    return of(newHost, newPort);
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  @Override
  public String toString() {
    return Hosts.uri("tls", host, port);
  }
}
