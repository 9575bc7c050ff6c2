package dev.echo.endpoint;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * An address that echoes, or will. Its {@code toString()} is the URI that {@link #parse(String)}
 * reads.
 */
public sealed interface Endpoint permits NetworkEndpoint, UnixEndpoint {

  /**
   * Reads a URI such as {@code tcp://127.0.0.1:65432}, or a host with or without a port, which is
   * taken for TCP.
   *
   * @param text {@code tcp://}, {@code tls://} or {@code udp://} with a host and a port if it is
   *     not {@value NetworkEndpoint#DEFAULT_PORT}; {@code ws://} or {@code wss://} with a host, a
   *     port if it is not 80 or 443, and perhaps a path; {@code unix://} with the path of a file,
   *     codes such as {@code %20} for what is in no URI; {@code HOST} or {@code HOST:PORT}. An IPv6
   *     address stands in brackets before a port, its zone follows {@code %} or {@code %25}
   * @return the endpoint
   * @throws IllegalArgumentException if it is none of these; the message names what came, what is
   *     wrong with it, and what may have been meant
   */
  static Endpoint parse(String text) {
    return EndpointUri.parse(text);
  }

  /**
   * Names a TCP address.
   *
   * @param address where a listener is bound or a peer is
   * @return the endpoint
   */
  static Endpoint of(InetSocketAddress address) {
    return TcpEndpoint.of(host(address), address.getPort());
  }

  /**
   * Names where a listener of this endpoint was bound.
   *
   * @param address the listener's
   * @return this endpoint with the address and the port that the system chose
   */
  default Endpoint boundTo(SocketAddress address) {
    return this instanceof NetworkEndpoint network && address instanceof InetSocketAddress bound
        ? network.at(host(bound), bound.getPort())
        : this;
  }

  /**
   * Whether TLS is under it.
   *
   * @return true for {@code tls://} and {@code wss://}
   */
  default boolean isSecure() {
    return false;
  }

  private static String host(InetSocketAddress address) {
    return address.isUnresolved()
        ? address.getHostString()
        : NetUtil.toAddressString(address.getAddress());
  }
}
