package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.pipeline.HandshakeTimeoutException;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import dev.echo.websocket.WebSocketException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about an endpoint that cannot be connected to. */
final class Advice {
  private Advice() {}

  static List<String> of(UnreachableException failure) {
    Endpoint endpoint = failure.endpoint();
    Throwable cause = failure.getCause();
    if (isWithoutAnswer(failure.reason()) && isLoopback(endpoint) && Interfaces.isLoopbackDown()) {
      return List.of(
          "this machine's loopback interface is down; to bring it up: ip link set lo up");
    }
    return switch (failure.reason()) {
      case REFUSED -> refused(endpoint);
      case TIMEOUT -> timeout(endpoint, cause);
      case UNREACHABLE -> unreachable(endpoint, cause);
      case DNS -> noAddress(endpoint);
      case TLS -> cause instanceof TlsException tls ? tls(tls.problem(), endpoint) : List.of();
      case NO_WEBSOCKET ->
          cause instanceof WebSocketException answer && !answer.advice().isEmpty()
              ? List.of(concrete(answer.advice(), endpoint))
              : List.of();
    };
  }

  private static boolean isWithoutAnswer(Reason reason) {
    return reason == Reason.TIMEOUT || reason == Reason.UNREACHABLE;
  }

  private static boolean isLoopback(Endpoint endpoint) {
    try {
      return endpoint instanceof NetworkEndpoint network
          && InetAddress.getByName(network.host()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Who can start a server there is told how. */
  private static List<String> refused(Endpoint endpoint) {
    if (endpoint instanceof UnixEndpoint unix && isNoSocket(unix.path())) {
      return List.of("the file there is no socket");
    }
    return isHere(endpoint)
        ? List.of(
            "nothing listens there; to start the server:",
            "  java -jar echo-server.jar" + arguments(endpoint))
        : List.of("nothing accepts connections there: is the port right, and the server up?");
  }

  /** The words for it say what to look at, but for what the endpoint alone shows. */
  private static List<String> unreachable(Endpoint endpoint, @Nullable Throwable cause) {
    boolean isMissing =
        endpoint instanceof UnixEndpoint
            && cause != null
            && SystemFailure.of(cause) == SystemFailure.ENOENT;
    if (isMissing) {
      return refused(endpoint);
    }
    if (cause != null && SystemFailure.of(cause) == SystemFailure.ECONNRESET) {
      return List.of(
          "something accepted the connection and reset it at once: a limit, or a relay with"
              + " nothing behind it?");
    }
    return endpoint instanceof NetworkEndpoint network && isLinkLocalWithoutZone(network.host())
        ? List.of(
            "a link-local address needs its zone, the interface that leads there: "
                + network.at(network.host() + "%" + Interfaces.example(), network.port()))
        : List.of();
  }

  private static List<String> noAddress(Endpoint endpoint) {
    String host = endpoint instanceof NetworkEndpoint network ? network.host() : "";
    return host.indexOf(':') >= 0 && host.indexOf('%') >= 0
        ? List.of(Interfaces.mistake(host.substring(host.indexOf('%') + 1)))
        : List.of("the name has no address: is it spelled right?");
  }

  private static boolean isLinkLocalWithoutZone(String host) {
    return host.regionMatches(true, 0, "fe80:", 0, "fe80:".length()) && host.indexOf('%') < 0;
  }

  private static List<String> timeout(Endpoint endpoint, @Nullable Throwable cause) {
    if (!(cause instanceof HandshakeTimeoutException late)) {
      return List.of("no answer: a firewall, or a host that is down (--connect-timeout)");
    }
    return List.of(
        "something accepts connections there and does not speak "
            + late.protocol()
            + ": if it is an echo without it, "
            + without(endpoint));
  }

  /** The same place without the protocol whose handshake did not come about. */
  private static String without(Endpoint endpoint) {
    if (endpoint instanceof WebSocketEndpoint webSocket && endpoint.isSecure()) {
      return WebSocketEndpoint.of(
              webSocket.host(), webSocket.port(), webSocket.path(), Security.NONE)
          .toString();
    }
    return endpoint instanceof NetworkEndpoint network
        ? TcpEndpoint.of(network.host(), network.port()).toString()
        : "";
  }

  private static String concrete(String advice, Endpoint endpoint) {
    return endpoint instanceof NetworkEndpoint network ? network.placed(advice) : advice;
  }

  private static List<String> tls(TlsProblem problem, Endpoint endpoint) {
    return switch (problem) {
      case ISSUER ->
          List.of(
              "--tls-ca FILE trusts its issuer, --tls-pin PIN this certificate alone",
              "(the server prints its fingerprint), --insecure everybody");
      case NAME -> List.of("--tls-pin PIN trusts this certificate whatever it is for");
      case CLIENT_CERTIFICATE -> List.of("--tls-cert FILE and --tls-key FILE show one");
      case GONE ->
          List.of(
              "a relay with nothing behind it, or an echo without TLS? Then: " + without(endpoint));
      default -> List.of();
    };
  }

  static boolean isNoSocket(Path path) {
    return Files.isRegularFile(path) || Files.isDirectory(path);
  }

  /** What starts a server where the client looks for one. */
  private static String arguments(Endpoint endpoint) {
    if (endpoint instanceof TcpEndpoint tcp) {
      boolean isDefault =
          tcp.port() == NetworkEndpoint.DEFAULT_PORT && tcp.host().equals("127.0.0.1");
      return isDefault ? "" : " " + tcp.host() + " " + tcp.port();
    }
    return " --listen " + endpoint + (endpoint.isSecure() ? " --tls-self-signed" : "");
  }

  /** Whether an endpoint is on this host, by what its name has been resolved to just now. */
  private static boolean isHere(Endpoint endpoint) {
    if (endpoint instanceof UnixEndpoint) {
      return true;
    }
    try {
      InetAddress address = InetAddress.getByName(((NetworkEndpoint) endpoint).host());
      return address.isLoopbackAddress()
          || address.isAnyLocalAddress()
          || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }
}
