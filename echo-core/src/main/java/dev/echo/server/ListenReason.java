package dev.echo.server;

import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Why a listener could not be started and what to do, whatever transport says it how. */
final class ListenReason {
  private static final int PRIVILEGED_PORTS = 1024;
  private static final String NATIVE = "failed with error";

  private ListenReason() {}

  static String words(Endpoint endpoint, @Nullable Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "unknown host";
    }
    if (endpoint instanceof NetworkEndpoint network && cause != null) {
      return words(network, cause);
    }
    String message = cause == null ? null : cause.getMessage();
    return endpoint instanceof UnixEndpoint && message != null && !message.contains(NATIVE)
        ? message
        : SystemFailure.words(cause);
  }

  private static String words(NetworkEndpoint endpoint, Throwable cause) {
    boolean six = endpoint.host().indexOf(':') >= 0;
    return switch (SystemFailure.of(cause)) {
      case EADDRINUSE ->
          "address already in use (end the program that listens there, or choose another port;"
              + " port 0 takes a free one)";
      case EACCES ->
          endpoint.port() < PRIVILEGED_PORTS
              ? "permission denied (ports below 1024 are for privileged users; choose a higher one)"
              : "permission denied (a rule of this system forbids it)";
      case EADDRNOTAVAIL ->
          six
              ? "not an address of this machine, or IPv6 is off ([::] listens on all of them,"
                  + " 0.0.0.0 on those of IPv4)"
              : "not an address of this machine (0.0.0.0 listens on all of them)";
      case EAFNOSUPPORT ->
          "this machine has no IPv6, or it is off (127.0.0.1 is its own address in IPv4, 0.0.0.0"
              + " listens on all of them)";
      case EINVAL ->
          isGroup(endpoint.host())
              ? "a multicast address, which no program listens on (expected: one of this"
                  + " machine; [::] listens on all of them)"
              : needsZone(endpoint.host())
                  ? "a link-local address needs its zone, as in [fe80::1%eth0]"
                  : SystemFailure.words(cause);
      default -> SystemFailure.words(cause);
    };
  }

  private static boolean isGroup(String host) {
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host.replaceFirst("%.*", ""));
    try {
      return address != null && InetAddress.getByAddress(address).isMulticastAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean needsZone(String host) {
    return host.regionMatches(true, 0, "fe80:", 0, "fe80:".length()) && host.indexOf('%') < 0;
  }
}
