package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.endpoint.UnixPermissions;
import dev.echo.limit.Limits;
import dev.echo.pipeline.ServerFront;
import dev.echo.testing.Eventually;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class UnixSocketTest {
  private static final long SEED = 4;

  @TempDir Path directory;

  static List<Transport> transports() {
    return Servers.transports();
  }

  private Path path() {
    return directory.resolve("echo.sock");
  }

  private EchoServerBuilder builder(Transport transport) {
    return EchoServer.builder().transport(transport).listen(new UnixEndpoint(path()));
  }

  private SocketChannel connect() throws IOException {
    return SocketChannel.open(UnixDomainSocketAddress.of(path()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void echoesAndRemovesItsFile(Transport transport) throws Exception {
    EchoServer server = Servers.start(builder(transport));

    assertThat(server.endpoints()).containsExactly(new UnixEndpoint(path()));
    try (SocketChannel peer = connect()) {
      peer.write(ByteBuffer.wrap("Hello".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
      assertThat(Channels.newInputStream(peer).readNBytes(5)).asString().isEqualTo("Hello");
    }
    assertThat(files()).containsExactly(path());
    server.drain(Duration.ofSeconds(5)).toCompletableFuture().get(10, TimeUnit.SECONDS);

    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void setsTheModeBeforeAnybodyCanConnect(Transport transport) throws Exception {
    ServerFront front = ServerFront.NONE.unix(UnixPermissions.SYSTEM.withMode("0620"));
    EchoServer server = Servers.start(builder(transport).front(front));
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
          .isEqualTo("rw--w----");
    } finally {
      Servers.close(server);
    }
  }

  /** What is left of an echo when the peer has finished; NIO and io_uring drop it. */
  @Test
  void echoesTheWholeToAPeerThatFinishedFirst() throws Exception {
    EchoServer server = Servers.start(builder(Transport.EPOLL));
    // More than the kernel takes on the way back alone, so the server still holds some at the end.
    byte[] sent = new byte[400_000];
    new Random(SEED).nextBytes(sent);
    try (SocketChannel peer = connect()) {
      // Not one write of the channel: a ring of io_uring that ends interrupts the thread that made
      // it, perhaps this one in an earlier test, and a blocking write of the system is then short.
      Channels.newOutputStream(peer).write(sent);
      peer.shutdownOutput();
      byte[] came = Channels.newInputStream(peer).readAllBytes();

      assertThat(came).as("seed %d", SEED).isEqualTo(sent);
    } finally {
      Servers.close(server);
    }
  }

  @ParameterizedTest
  @MethodSource("transports")
  void replacesASocketOnWhichNobodyListens(Transport transport) throws Exception {
    try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(path()));
    }
    assertThat(path()).exists();

    EchoServer server = Servers.start(builder(transport));

    connect().close();
    Servers.close(server);
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("transports")
  void leavesTheSocketOfAnotherServer(Transport transport) throws Exception {
    EchoServer first = Servers.start(builder(transport));
    try {
      assertThatThrownBy(() -> Servers.start(builder(transport)))
          .hasRootCauseMessage("another server listens on it");

      connect().close();
      assertThat(files()).containsExactly(path());
    } finally {
      Servers.close(first);
    }
  }

  @Test
  void leavesAFileThatIsNoSocket() throws Exception {
    Files.writeString(path(), "precious");

    assertThatThrownBy(() -> Servers.start(builder(Transport.best())))
        .hasRootCauseMessage("there is a file of this name that is no socket");

    assertThat(path()).hasContent("precious");
    assertThat(files()).containsExactly(path());
  }

  @Test
  void doesNotFollowALinkToASocket() throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Files.createSymbolicLink(path(), elsewhere);

    assertThatThrownBy(() -> Servers.start(builder(Transport.best())))
        .hasRootCauseMessage("there is a file of this name that is no socket");

    assertThat(files()).containsExactly(path());
  }

  @Test
  void leavesAFileThatTookItsPlace() throws Exception {
    EchoServer server = Servers.start(builder(Transport.best()));
    Files.delete(path());
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(path()));

      Servers.close(server);

      assertThat(path()).exists();
    }
  }

  @Test
  void saysThatTheDirectoryIsMissing() {
    Endpoint nowhere = new UnixEndpoint(directory.resolve("none").resolve("echo.sock"));

    assertThatThrownBy(() -> Servers.start(EchoServer.builder().listen(nowhere)))
        .hasMessageContaining("its directory does not exist");
  }

  @Test
  void saysThatAnOwnerIsUnknown() throws Exception {
    ServerFront front =
        ServerFront.NONE.unix(UnixPermissions.SYSTEM.ownedBy("nobody-of-this-name"));

    assertThatThrownBy(() -> Servers.start(builder(Transport.best()).front(front)))
        .hasMessageContaining("no such user or group: nobody-of-this-name");

    assertThat(files()).isEmpty();
  }

  @Test
  void neverEndsAnIdlePeer() throws Exception {
    Limits limits = Limits.builder().idleTimeout(Duration.ofMillis(50)).build();
    EchoServer server = Servers.start(builder(Transport.best()).limits(limits));
    long start = System.nanoTime();
    try (SocketChannel peer = connect()) {
      peer.configureBlocking(false);
      Eventually.eventually(
          "five times the timeout", () -> System.nanoTime() - start > 250_000_000L);

      assertThat(peer.read(ByteBuffer.allocate(1))).isZero();
    } finally {
      Servers.close(server);
    }
  }
}
