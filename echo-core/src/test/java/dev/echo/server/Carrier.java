package dev.echo.server;

import static dev.echo.limit.DatagramLimits.Sources.ALL;
import static dev.echo.limit.DatagramLimits.UNLIMITED;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.TlsEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.endpoint.WebSocketEndpoint.Security;
import dev.echo.limit.DatagramLimits;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Certificates;
import dev.echo.testing.Peer;
import dev.echo.testing.PeerConnection;
import dev.echo.tls.ClientTls;
import dev.echo.tls.ServerTls;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Every kind of endpoint that the contract is held to: a new one is a line in each of the two
 * tables.
 */
enum Carrier {
  TCP(Kind.STREAM),
  TLS(Kind.STREAM),
  MUTUAL_TLS(Kind.STREAM),
  UNIX(Kind.STREAM),
  WS(Kind.MESSAGES),
  WSS(Kind.MESSAGES),
  UDP(Kind.DATAGRAMS);

  /** What it carries. */
  enum Kind {
    /** Bytes: any peer can send them as it likes. */
    STREAM,
    /** Messages, in order and without loss. */
    MESSAGES,
    /** Messages, each by itself. */
    DATAGRAMS
  }

  private final Kind kind;

  Carrier(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /**
   * Netty's NIO and io_uring know no half-closure for Unix domain sockets: what is not yet written
   * when the peer finishes is lost there.
   */
  boolean echoesAfterTheEnd(Transport on) {
    return this != UNIX || on == Transport.EPOLL || on == Transport.KQUEUE;
  }

  /** All carriers of some kinds, each on all transports of this machine. */
  static Stream<Arguments> ways(Kind... kinds) {
    return Stream.of(values())
        .filter(carrier -> List.of(kinds).contains(carrier.kind))
        .flatMap(carrier -> Servers.transports().stream().map(on -> Arguments.of(carrier, on)));
  }

  /** Where a server is to listen: the system chooses. */
  Endpoint anywhere(Path directory) {
    return switch (this) {
      case TCP -> TcpEndpoint.of("127.0.0.1", 0);
      case TLS, MUTUAL_TLS -> TlsEndpoint.of("127.0.0.1", 0);
      case WS -> WebSocketEndpoint.of("127.0.0.1", 0, "/", Security.NONE);
      case WSS -> WebSocketEndpoint.of("127.0.0.1", 0, "/", Security.TLS);
      case UNIX -> new UnixEndpoint(directory.resolve("echo.sock"));
      case UDP -> UdpEndpoint.of("127.0.0.1", 0);
    };
  }

  ServerFront serverFront() {
    return switch (this) {
      case TCP, UNIX, WS -> ServerFront.NONE;
      // A test sends more than the thousand a second that one source may.
      case UDP -> ServerFront.NONE.datagrams(new DatagramLimits(UNLIMITED, 1, UNLIMITED, ALL));
      case TLS, WSS -> ServerFront.NONE.tls(Keys.server().build());
      case MUTUAL_TLS -> ServerFront.NONE.tls(Keys.server().clientCa(Keys.file("ca.crt")).build());
    };
  }

  ClientFront clientFront() {
    return switch (this) {
      case TCP, UNIX, WS, UDP -> ClientFront.NONE;
      case TLS, WSS -> ClientFront.NONE.tls(Keys.client().build());
      case MUTUAL_TLS ->
          ClientFront.NONE.tls(
              Keys.client().certificate(Keys.file("client.crt"), Keys.file("client.key")).build());
    };
  }

  /** Connects a peer that does what a test says, from its first byte on. */
  PeerConnection connect(Endpoint endpoint, int receiveBufferBytes) throws IOException {
    return switch (this) {
      case TCP, WS -> Peer.tcp(((NetworkEndpoint) endpoint).port(), receiveBufferBytes);
      case TLS, MUTUAL_TLS, WSS -> {
        Socket under =
            PeerConnection.socket(((NetworkEndpoint) endpoint).port(), receiveBufferBytes);
        yield PeerConnection.of(Keys.secure(under), under);
      }
      case UNIX -> PeerConnection.unix(((UnixEndpoint) endpoint).path());
      case UDP -> throw new IllegalArgumentException("nothing to connect: " + this);
    };
  }

  /** Certificates of an issuer of our own, made once. */
  private static final class Keys {
    private static final Path FOLDER = make();

    private static Path make() {
      try {
        Path folder = Files.createTempDirectory("echo-keys");
        folder.toFile().deleteOnExit();
        Certificates certificates = Certificates.in(folder, "ca");
        certificates.make("server", "ca", "IP:127.0.0.1");
        certificates.make("client", "ca", "DNS:client");
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static Path file(String name) {
      return FOLDER.resolve(name);
    }

    static ServerTls.Builder server() {
      return ServerTls.files(file("server.crt"), file("server.key"));
    }

    static ClientTls.Builder client() {
      return ClientTls.builder().ca(file("ca.crt"));
    }

    /** The JDK's own TLS, with a client certificate if the server asks for one. */
    static Socket secure(Socket under) throws IOException {
      JdkSslContext context =
          (JdkSslContext)
              SslContextBuilder.forClient()
                  .sslProvider(SslProvider.JDK)
                  .trustManager(file("ca.crt").toFile())
                  .keyManager(file("client.crt").toFile(), file("client.key").toFile())
                  .build();
      SSLSocket socket =
          (SSLSocket)
              context
                  .context()
                  .getSocketFactory()
                  .createSocket(under, "127.0.0.1", under.getPort(), true);
      socket.startHandshake();
      return socket;
    }
  }
}
