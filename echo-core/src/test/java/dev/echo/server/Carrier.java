package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Peer;
import dev.echo.testing.PeerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Every kind of endpoint that the contract is held to: a new one is a line in each of the two
 * tables.
 */
enum Carrier {
  TCP(Kind.STREAM),
  UNIX(Kind.STREAM);

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
      case UNIX -> new UnixEndpoint(directory.resolve("echo.sock"));
    };
  }

  ServerFront serverFront() {
    return ServerFront.NONE;
  }

  ClientFront clientFront() {
    return ClientFront.NONE;
  }

  /** Connects a peer that does what a test says. */
  PeerConnection connect(Endpoint endpoint, int receiveBufferBytes) throws IOException {
    return switch (this) {
      case TCP -> Peer.tcp(((NetworkEndpoint) endpoint).port(), receiveBufferBytes);
      case UNIX -> PeerConnection.unix(((UnixEndpoint) endpoint).path());
    };
  }
}
