package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.pipeline.HandshakeTimeoutException;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import dev.echo.websocket.WebSocketException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do about an endpoint that cannot be connected to. */
final class Advice {
  private Advice() {}

  static List<String> of(UnreachableException failure) {
    Endpoint endpoint = failure.endpoint();
    Throwable cause = failure.getCause();
    return switch (failure.reason()) {
      case REFUSED -> refused(endpoint);
      case TIMEOUT -> timeout(endpoint, cause);
      case UNREACHABLE -> List.of();
      case DNS -> List.of("the name has no address: is it spelled right?");
      case TLS -> cause instanceof TlsException tls ? tls(tls.problem()) : List.of();
      case NO_WEBSOCKET ->
          cause instanceof WebSocketException answer && !answer.advice().isEmpty()
              ? List.of(answer.advice())
              : List.of();
    };
  }

  /** Who can start a server there is told how. */
  private static List<String> refused(Endpoint endpoint) {
    return isHere(endpoint)
        ? List.of(
            "nothing listens there; to start the server:",
            "  java -jar echo-server.jar" + arguments(endpoint))
        : List.of("nothing accepts connections there: is the port right, and the server up?");
  }

  private static List<String> timeout(Endpoint endpoint, @Nullable Throwable cause) {
    if (!(cause instanceof HandshakeTimeoutException late)) {
      return List.of("no answer: a firewall, or a host that is down (--connect-timeout)");
    }
    String plain =
        endpoint instanceof WebSocketEndpoint webSocket && endpoint.isSecure()
            ? WebSocketEndpoint.of(
                    webSocket.host(),
                    webSocket.port(),
                    webSocket.path(),
                    WebSocketEndpoint.Security.NONE)
                .toString()
            : endpoint instanceof NetworkEndpoint network
                ? TcpEndpoint.of(network.host(), network.port()).toString()
                : "";
    return List.of(
        "something accepts connections there and does not speak "
            + late.protocol()
            + ": if it is an echo without it, "
            + plain);
  }

  private static List<String> tls(TlsProblem problem) {
    return switch (problem) {
      case ISSUER ->
          List.of(
              "--tls-ca FILE trusts its issuer, --tls-pin PIN this certificate alone",
              "(the server prints its fingerprint), --insecure everybody");
      case NAME -> List.of("--tls-pin PIN trusts this certificate whatever it is for");
      case CLIENT_CERTIFICATE -> List.of("--tls-cert FILE and --tls-key FILE show one");
      default -> List.of();
    };
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
