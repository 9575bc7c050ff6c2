package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.FrameType;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

/**
 * A name with several addresses over UDP. Seen red: only the first address was tried, and what was
 * sent there was refused or lost.
 */
@Timeout(60)
@ParameterizedClass
@MethodSource("transports")
class DatagramAddressesTest {
  private static final InetAddress FIRST = address(2);
  private static final InetAddress SECOND = address(1);

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
  @EnumSource(ClientMode.class)
  void takesTheNextAddressIfTheFirstRefuses(ClientMode mode) throws Exception {
    try (Peer peer = Peer.echo(SECOND, 0)) {
      ClientConfig config = ClientConfig.builder().mode(mode).build();

      assertEchoes(open(peer.port(), config), SECOND);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void takesTheNextAddressIfTheFirstIsSilent(ClientMode mode) throws Exception {
    try (Peer peer = Peer.echo(SECOND, 0);
        Peer silent = Peer.silent(FIRST, peer.port())) {
      ClientConfig config =
          ClientConfig.builder().mode(mode).connectTimeout(Duration.ofSeconds(1)).build();

      assertEchoes(open(silent.port(), config), SECOND);
    }
  }

  @Test
  void takesTheFirstAddressIfItAnswers() throws Exception {
    try (Peer peer = Peer.echo(FIRST, 0);
        Peer other = Peer.echo(SECOND, peer.port())) {
      assertEchoes(open(other.port(), ClientConfig.DEFAULT), FIRST);
    }
  }

  @Test
  void saysThatNobodyListensIfAllRefuse() throws Exception {
    int port;
    try (Peer peer = Peer.silent(FIRST, 0)) {
      port = peer.port();
    }

    UnreachableException why =
        failure(
            DatagramClient.open(bootstrap(), endpoint(port), ClientConfig.DEFAULT),
            UnreachableException.class);

    assertThat(why.reason()).isEqualTo(Reason.REFUSED);
  }

  @Test
  void takesOneThatDoesNotRefuseIfNobodyAnswers() throws Exception {
    try (Peer silent = Peer.silent(SECOND, 0)) {
      ClientConfig config =
          ClientConfig.builder()
              .connectTimeout(Duration.ofSeconds(1))
              .timeout(Duration.ofMillis(200))
              .build();

      DatagramClient client = open(silent.port(), config);

      assertThat(client.remoteAddress()).isEqualTo(new InetSocketAddress(SECOND, silent.port()));
      DatagramException why =
          failure(
              client.echo(FrameType.TEXT, Unpooled.buffer().writeByte(1)), DatagramException.class);
      assertThat(why.kind()).isEqualTo(DatagramException.Kind.LOST);
      await(client.close());
    }
  }

  /** Those that a load run opens. */
  @Test
  void takesTheNextAddressForThoseWhoVerifyByThemselves() throws Exception {
    try (Peer peer = Peer.echo(SECOND, 0)) {
      Channel channel =
          await(
              BareConnection.datagrams(
                  bootstrap(), endpoint(peer.port()), Duration.ofSeconds(5), Tail::new));

      assertThat(channel.remoteAddress()).isEqualTo(new InetSocketAddress(SECOND, peer.port()));
      channel.close().sync();
    }
  }

  private void assertEchoes(DatagramClient client, InetAddress where) throws Exception {
    assertThat(((InetSocketAddress) client.remoteAddress()).getAddress()).isEqualTo(where);
    for (int i = 0; i < 5; i++) {
      await(client.echo(FrameType.BINARY, Unpooled.buffer().writeByte(i)));
    }
    DatagramCounts counts = await(client.finish());
    assertThat(counts.echoed()).isEqualTo(5);
    assertThat(counts.wrong()).isZero();
    assertThat(counts.duplicated()).isZero();
  }

  private DatagramClient open(int port, ClientConfig config) throws Exception {
    return await(DatagramClient.open(bootstrap(), endpoint(port), config));
  }

  private static UdpEndpoint endpoint(int port) {
    return UdpEndpoint.of("echo.test", port);
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(group)
        .channelFactory(transport.datagramChannels())
        .resolver(new Names(FIRST, SECOND));
  }

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (IOException e) {
      throw new AssertionError(e);
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

  /** Somebody with a UDP socket. */
  private static final class Peer implements AutoCloseable {
    private final DatagramSocket socket;

    private Peer(InetAddress address, int port) throws IOException {
      socket = new DatagramSocket(port, address);
    }

    static Peer silent(InetAddress address, int port) throws IOException {
      return new Peer(address, port);
    }

    static Peer echo(InetAddress address, int port) throws IOException {
      Peer peer = new Peer(address, port);
      Thread thread = new Thread(peer::echo, "udp-echo");
      thread.setDaemon(true);
      thread.start();
      return peer;
    }

    private void echo() {
      DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
      try {
        while (true) {
          packet.setLength(2048);
          socket.receive(packet);
          socket.send(packet);
        }
      } catch (IOException closed) {
        // The test is over.
      }
    }

    int port() {
      return socket.getLocalPort();
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
