package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.testing.Eventually;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that is bound to the port it connects to is joined to itself, as one is to whom the
 * system happens to give that port.
 */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class SelfConnectTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Parameter Transport transport;

  private EventLoopGroup group;

  static List<Transport> transports() {
    return Stream.of(Transport.values()).filter(Transport::isAvailable).toList();
  }

  @BeforeEach
  void start() {
    group = new MultiThreadIoEventLoopGroup(1, transport.ioHandlers());
  }

  @AfterEach
  void stop() throws Exception {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "tls", "ws", "wss"})
  void isRefusedOverEveryScheme(String scheme) throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = Endpoint.parse(scheme + "://127.0.0.1:" + port);

    assertRefused(
        EchoClient.connect(bootstrap(endpoint, "127.0.0.1", port), endpoint, ClientConfig.DEFAULT));
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void isRefusedInEveryMode(ClientMode mode) throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = TcpEndpoint.of("127.0.0.1", port);
    ClientConfig config = ClientConfig.builder().mode(mode).build();

    assertRefused(EchoClient.connect(bootstrap(endpoint, "127.0.0.1", port), endpoint, config));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1", "127.0.0.1", "127.0.0.3"})
  void isRefusedAtEveryAddress(String host) throws Exception {
    assumeTrue(isHere(host), "this machine has no " + host);
    int port = freePort(host);
    Endpoint endpoint = TcpEndpoint.of(host, port);

    assertRefused(
        EchoClient.connect(bootstrap(endpoint, host, port), endpoint, ClientConfig.DEFAULT));
  }

  /** What is bound to all addresses gets the one that it connects to. */
  @Test
  void isRefusedWhenBoundToAllAddresses() throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = TcpEndpoint.of("127.0.0.1", port);

    assertRefused(
        EchoClient.connect(bootstrap(endpoint, "0.0.0.0", port), endpoint, ClientConfig.DEFAULT));
  }

  @Test
  void isRefusedForThoseWhoVerifyByThemselves() throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = TcpEndpoint.of("127.0.0.1", port);

    assertRefused(
        BareConnection.open(
            bootstrap(endpoint, "127.0.0.1", port),
            endpoint,
            ClientFront.NONE,
            TIMEOUT,
            Tail::new));
  }

  @Test
  void isRefusedForWhoAsksWhoami() throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = TcpEndpoint.of("127.0.0.1", port);

    assertRefused(
        Whoami.ask(
            bootstrap(endpoint, "127.0.0.1", port), endpoint, ClientFront.NONE, TIMEOUT, TIMEOUT));
  }

  @Test
  void isRefusedOverUdp() throws Exception {
    int port = freeUdpPort();
    UdpEndpoint endpoint = UdpEndpoint.of("127.0.0.1", port);

    assertRefused(
        DatagramClient.open(
            bootstrap(endpoint, "127.0.0.1", port), endpoint, ClientConfig.DEFAULT));
  }

  @Test
  void isRefusedOverUdpForThoseWhoVerifyByThemselves() throws Exception {
    int port = freeUdpPort();
    UdpEndpoint endpoint = UdpEndpoint.of("127.0.0.1", port);

    assertRefused(
        BareConnection.datagrams(
            bootstrap(endpoint, "127.0.0.1", port), endpoint, TIMEOUT, Tail::new));
  }

  /** Seen red when it was closed in order: the port stayed in TIME_WAIT. */
  @Test
  void leavesThePortToTheServerThatIsWaitedFor() throws Exception {
    int port = freePort("127.0.0.1");
    Endpoint endpoint = TcpEndpoint.of("127.0.0.1", port);

    assertRefused(
        EchoClient.connect(bootstrap(endpoint, "127.0.0.1", port), endpoint, ClientConfig.DEFAULT));

    Eventually.eventually("can be listened on", () -> isFree(port));
  }

  private static boolean isFree(int port) {
    try (ServerSocket server = new ServerSocket()) {
      server.setReuseAddress(false);
      server.bind(new InetSocketAddress("127.0.0.1", port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void triesTheNextAddress() throws Exception {
    try (Talk peer = Talk.on(InetAddress.getByName("127.0.0.1"), Talk::echo)) {
      Endpoint endpoint = TcpEndpoint.of("echo.test", peer.port());
      Bootstrap bootstrap =
          bootstrap(endpoint, "127.0.0.2", peer.port())
              // A selector lets go of the first socket only when it is asked again.
              .option(ChannelOption.SO_REUSEADDR, true)
              .resolver(
                  new Names(
                      InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")));

      EchoClient client = await(EchoClient.connect(bootstrap, endpoint, ClientConfig.DEFAULT));

      assertThat(client.remoteAddress()).isEqualTo(new InetSocketAddress("127.0.0.1", peer.port()));
      await(client.echo("Hello"));
      await(client.finish());
    }
  }

  private static void assertRefused(CompletionStage<?> stage) throws Exception {
    UnreachableException why = failure(stage, UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
    assertThat(why.getCause()).hasMessageContaining("this client's own socket");
  }

  private Bootstrap bootstrap(Endpoint endpoint, String host, int port) {
    return new Bootstrap()
        .group(group)
        .channelFactory(transport.channels(endpoint))
        .localAddress(new InetSocketAddress(host, port));
  }

  private static boolean isHere(String host) throws IOException {
    try (ServerSocket bound = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return bound.isBound();
    } catch (java.net.BindException e) {
      return false;
    }
  }

  private static int freePort(String host) throws IOException {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return unused.getLocalPort();
    }
  }

  private static int freeUdpPort() throws IOException {
    try (DatagramSocket unused = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
      return unused.getLocalPort();
    }
  }

  private static final class Tail extends ChannelInboundHandlerAdapter
      implements BareConnection.Tail {
    private final CompletableFuture<Channel> connected = new CompletableFuture<>();

    @Override
    public CompletableFuture<Channel> connected() {
      return connected;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      connected.complete(ctx.channel());
    }
  }
}
