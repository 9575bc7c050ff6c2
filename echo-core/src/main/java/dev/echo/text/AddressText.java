package dev.echo.text;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses as URIs write them: {@code 127.0.0.1:7}, {@code [::1]:7}, {@code [fe80::1%eth0]:7}. */
public final class AddressText {
  private AddressText() {}

  /**
   * Writes the address of one side of a connection.
   *
   * @param address of a socket; null if there is none any more
   * @return a host and a port; words for what has neither
   */
  public static String of(@Nullable SocketAddress address) {
    if (address == null) {
      return "a peer that is gone already";
    }
    if (!(address instanceof InetSocketAddress inet)) {
      return "a Unix socket";
    }
    InetAddress ip = inet.getAddress();
    String host = ip == null ? inet.getHostString() : host(ip);
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + inet.getPort();
  }

  /**
   * Writes an IP address.
   *
   * @param ip an IPv4 address that is mapped into IPv6 is written as IPv4
   * @return an IPv6 address in its short form (RFC 5952), with its zone if it has one
   */
  public static String host(InetAddress ip) {
    try {
      // The JDK makes an IPv4 address of the bytes of a mapped one.
      InetAddress plain = InetAddress.getByAddress(ip.getAddress());
      return NetUtil.toAddressString(plain) + zone(ip);
    } catch (UnknownHostException e) {
      throw new AssertionError("the bytes of an address are one", e);
    }
  }

  private static String zone(InetAddress ip) {
    if (!(ip instanceof Inet6Address six) || six.getScopeId() == 0) {
      return "";
    }
    return "%"
        + (six.getScopedInterface() == null
            ? Integer.toString(six.getScopeId())
            : six.getScopedInterface().getName());
  }
}
