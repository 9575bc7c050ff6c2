package dev.echo.caller;

import dev.echo.text.AddressText;
import io.netty.channel.Channel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketChannel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a server's connection, as far as the server believes: what a trusted
 * proxy said, else the address of the socket. Limits, access, lines and logs all ask here.
 */
public final class Caller {
  private static final AttributeKey<InetSocketAddress> PROXIED =
      AttributeKey.valueOf(Caller.class, "proxied");

  private final Channel channel;

  private Caller(Channel channel) {
    this.channel = channel;
  }

  /**
   * Asks for the caller of a connection.
   *
   * @param connection of a server
   * @return its caller, as it is known now
   */
  public static Caller of(Channel connection) {
    return new Caller(connection);
  }

  /** Believes what a trusted proxy said. */
  static void believe(Channel connection, InetSocketAddress source) {
    connection.attr(PROXIED).set(source);
  }

  /**
   * The address that the server believes in.
   *
   * @return null if the peer had gone before its address was read
   */
  public @Nullable SocketAddress address() {
    SocketAddress told = channel.attr(PROXIED).get();
    return told != null ? told : channel.remoteAddress();
  }

  /**
   * What a trusted proxy said.
   *
   * @return empty without a proxy, or if it spoke for itself
   */
  public Optional<InetSocketAddress> proxied() {
    return Optional.ofNullable(channel.attr(PROXIED).get());
  }

  /**
   * The IP address that the server believes in.
   *
   * @return an IPv4 address also where the system gives it as a mapped IPv6 address; empty for a
   *     Unix socket that nobody is proxied over
   */
  public Optional<InetAddress> ip() {
    return address() instanceof InetSocketAddress inet && inet.getAddress() != null
        ? Optional.of(unmapped(inet.getAddress()))
        : Optional.empty();
  }

  /**
   * Says whether the peer is on this machine: a loopback address, or a Unix socket.
   *
   * @return false for whom a proxy on this machine speaks for
   */
  public boolean isLocal() {
    return ip().map(InetAddress::isLoopbackAddress).orElseGet(() -> isUnix(channel));
  }

  /**
   * Says whether a connection came over a Unix socket, whose peer has no IP address.
   *
   * @param connection of a server
   * @return true for every transport's Unix sockets
   */
  public static boolean isUnix(Channel connection) {
    return connection instanceof DomainSocketChannel
        || connection instanceof NioDomainSocketChannel;
  }

  /**
   * Makes an IPv4 address of one that is mapped into IPv6 ({@code ::ffff:192.0.2.1}).
   *
   * @param address any
   * @return the IPv4 address, or the same
   */
  public static InetAddress unmapped(InetAddress address) {
    try {
      // The JDK makes an IPv4 address of the bytes of a mapped one.
      InetAddress made = InetAddress.getByAddress(address.getAddress());
      return made.getClass() == address.getClass() ? address : made;
    } catch (UnknownHostException e) {
      throw new AssertionError("the bytes of an address are one", e);
    }
  }

  /** For a person: {@code 192.0.2.1:1234}. */
  @Override
  public String toString() {
    SocketAddress address = address();
    String who =
        address instanceof InetSocketAddress
            ? AddressText.of(address)
            : isUnix(channel) ? "a Unix socket" : AddressText.of(null);
    return proxied().isPresent() ? who + ", proxied" : who;
  }
}
