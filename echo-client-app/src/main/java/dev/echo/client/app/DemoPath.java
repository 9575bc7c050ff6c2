package dev.echo.client.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.tls.ClientTls;
import dev.echo.tls.ServerTls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a demo goes over, from one end to the other.
 *
 * @param listen where its server listens; the system chooses the port
 * @param serverFront what the server needs for it
 * @param clientFront what the client needs for it
 */
record DemoPath(Endpoint listen, ServerFront serverFront, ClientFront clientFront) {
  private static final String HOST = "127.0.0.1";

  /**
   * The path of a scheme.
   *
   * @throws IllegalArgumentException if there is none of that name, or no place for its socket
   */
  static DemoPath of(String scheme) {
    return switch (scheme) {
      case "tcp" -> plain(TcpEndpoint.of(HOST, 0));
      case "udp" -> plain(UdpEndpoint.of(HOST, 0));
      case "unix" -> plain(new UnixEndpoint(folder().resolve("echo.sock")));
      case "ws" -> plain(WebSocketEndpoint.of(HOST, 0, "/", Security.NONE));
      case "tls" -> secure(TlsEndpoint.of(HOST, 0));
      case "wss" -> secure(WebSocketEndpoint.of(HOST, 0, "/", Security.TLS));
      default ->
          throw new IllegalArgumentException(
              "'" + scheme + "' (expected: tcp, tls, udp, unix, ws or wss)");
    };
  }

  /** Holds nothing once the server has taken its socket away, and goes with this process. */
  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("echo-demo");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new IllegalArgumentException("no folder can be made for the Unix socket: " + e, e);
    }
  }

  private static DemoPath plain(Endpoint listen) {
    return new DemoPath(listen, ServerFront.NONE, ClientFront.NONE);
  }

  /** The client trusts the one certificate that this server has just made. */
  private static DemoPath secure(Endpoint listen) {
    ServerTls server = ServerTls.selfSigned().build();
    ClientTls client = ClientTls.builder().pin(server.fingerprint()).build();
    return new DemoPath(listen, ServerFront.NONE.tls(server), ClientFront.NONE.tls(client));
  }
}
