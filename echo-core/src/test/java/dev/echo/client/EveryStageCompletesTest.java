package dev.echo.client;

import static dev.echo.client.Stages.await;
import static dev.echo.client.Stages.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.FrameType;
import dev.echo.limit.OwnPorts;
import dev.echo.metrics.EchoObserver;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.DatagramPipeline;
import dev.echo.pipeline.ServerFront;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
 * Whatever is thrown by whatever code of the caller's, and whatever ends: a stage that was returned
 * completes.
 */
@Timeout(120)
@ParameterizedClass
@MethodSource("transports")
class EveryStageCompletesTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final ClientConfig PATIENT =
      ClientConfig.builder().connectTimeout(LONG).timeout(LONG).build();
  private static final String THROWN = "thrown by the test";

  @Parameter Transport transport;

  private final List<Channel> servers = new ArrayList<>();
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
    for (Channel each : servers) {
      each.close();
    }
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  // Connecting.

  @Test
  void saysThatTheLoopWasShutDown() throws Exception {
    TcpEndpoint tcp = TcpEndpoint.of("127.0.0.1", 9);
    TcpEndpoint named = TcpEndpoint.of("localhost", 9);
    UdpEndpoint udp = UdpEndpoint.of("127.0.0.1", 9);
    Bootstrap ownNames = bootstrap(named).resolver(new Names(InetAddress.getLoopbackAddress()));
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

    for (CompletionStage<?> stage :
        List.of(
            EchoClient.connect(bootstrap(tcp), tcp, PATIENT),
            EchoClient.connect(bootstrap(named), named, PATIENT),
            EchoClient.connect(ownNames, named, PATIENT),
            BareConnection.open(bootstrap(tcp), tcp, ClientFront.NONE, LONG, Tail::new),
            Whoami.ask(bootstrap(tcp), tcp, ClientFront.NONE, LONG, LONG),
            BareConnection.datagrams(bootstrap(udp), udp, LONG, Tail::new),
            DatagramClient.open(bootstrap(udp), udp, PATIENT))) {
      assertThat(failure(stage, IllegalStateException.class))
          .hasMessageMatching("cannot connect to .*:9: its event loop has been shut down");
    }
  }

  @Test
  void endsWithALoopThatIsShutDownMeanwhile() throws Exception {
    try (java.net.ServerSocket silent =
        new java.net.ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Endpoint endpoint = Endpoint.parse("tls://127.0.0.1:" + silent.getLocalPort());
      CompletionStage<EchoClient> connecting =
          EchoClient.connect(bootstrap(endpoint), endpoint, PATIENT);
      try (java.net.Socket accepted = silent.accept()) {
        assertThat(accepted.isConnected()).isTrue();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS);

        assertThat(failure(connecting)).isInstanceOf(Exception.class);
      }
    }
  }

  @Test
  void saysThatUdpHasNoConnections() throws Exception {
    UdpEndpoint udp = UdpEndpoint.of("127.0.0.1", 9);

    for (CompletionStage<?> stage :
        List.of(
            EchoClient.connect(udp),
            EchoClient.connect(bootstrap(udp), udp, PATIENT),
            Whoami.ask(bootstrap(udp), udp, ClientFront.NONE, LONG, LONG),
            BareConnection.open(bootstrap(udp), udp, ClientFront.NONE, LONG, Tail::new))) {
      assertThat(failure(stage, IllegalArgumentException.class))
          .hasMessage("endpoint: " + udp + " (expected: one with connections, which UDP has not)");
    }
  }

  @Test
  void tellsWhatAChannelFactoryThrows() throws Exception {
    TcpEndpoint tcp = TcpEndpoint.of("127.0.0.1", 9);
    for (Throwable thrown : List.of(new IllegalStateException(THROWN), new LinkageError(THROWN))) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(group)
              .channelFactory(
                  () -> {
                    throw EveryStageCompletesTest.<RuntimeException>sneaky(thrown);
                  });

      assertThat(failure(EchoClient.connect(bootstrap, tcp, PATIENT)))
          .hasStackTraceContaining(THROWN);
    }
  }

  @Test
  void tellsWhatAResolverThrows() throws Exception {
    TcpEndpoint tcp = TcpEndpoint.of("echo.test", 9);
    AddressResolverGroup<InetSocketAddress> broken =
        new AddressResolverGroup<>() {
          @Override
          protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            throw new IllegalStateException(THROWN);
          }
        };

    assertThat(failure(EchoClient.connect(bootstrap(tcp).resolver(broken), tcp, PATIENT)))
        .hasStackTraceContaining(THROWN);
  }

  /** Where a caller's handler throws. */
  private enum Place {
    MAKING,
    ADDED,
    ACTIVE,
    /** It throws nothing, but never says that it has the connection. */
    NOWHERE
  }

  @ParameterizedTest
  @EnumSource(Place.class)
  void tellsWhatAHandlerThrows(Place place) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      Throwable why =
          failure(
              BareConnection.open(
                  bootstrap(peer.endpoint()),
                  peer.endpoint(),
                  ClientFront.NONE,
                  LONG,
                  throwing(place)));

      String said = place == Place.MAKING || place == Place.ADDED ? THROWN : "did not take";
      assertThat(why).hasStackTraceContaining(said);
    }
  }

  // Sending.

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void refusesABufferThatWasReleased(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      ByteBuf released = Unpooled.buffer().writeByte(1);
      released.release();

      IllegalArgumentException why = failure(client.echo(released), IllegalArgumentException.class);

      assertThat(why).hasMessageContaining("released before it was sent");
      await(client.echo("the others go on"));
      await(client.finish());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void refusesAPieceThatWasReleased(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      OutgoingMessage message = client.open(FrameType.BINARY);
      ByteBuf released = Unpooled.buffer().writeByte(1);
      released.release();

      failure(message.write(released), IllegalArgumentException.class);

      failure(message.end(), IllegalArgumentException.class);
      await(client.close());
    }
  }

  @Test
  void refusesWhatIsMissingAtOnce() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, ClientMode.FRAMES);

      assertThatThrownBy(() -> client.echo((ByteBuf) null)).hasMessageContaining("payload");
      assertThatThrownBy(() -> client.echo((String) null)).hasMessageContaining("text");
      assertThatThrownBy(() -> client.echo((byte[]) null)).hasMessageContaining("bytes");
      assertThatThrownBy(() -> client.echo(null, Unpooled.buffer())).hasMessageContaining("type");
      assertThatThrownBy(() -> client.open(FrameType.TEXT).write(null))
          .hasMessageContaining("piece");
      await(client.close());
    }
  }

  @Test
  void refusesASettingThatIsMissingAtOnce() {
    assertThatThrownBy(() -> ClientConfig.builder().mode(null).build())
        .hasMessageContaining("mode");
    assertThatThrownBy(() -> ClientConfig.builder().timeout(null).build())
        .hasMessageContaining("timeout");
    assertThatThrownBy(() -> ClientConfig.builder().replies(null).build())
        .hasMessageContaining("replies");
    assertThatThrownBy(() -> ClientConfig.builder().front(null).build())
        .hasMessageContaining("front");
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void bearsABufferThatCannotBeReleased(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);

      EchoReply reply = await(client.echo(new Hostile(Hostile.At.RELEASE)));

      assertThat(reply.bytes()).isEqualTo(1);
      await(client.finish());
      failure(client.echo(new Hostile(Hostile.At.RELEASE)), IllegalStateException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void failsWithABufferThatCannotBeRead(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      CompletionStage<EchoReply> before = client.open(FrameType.BINARY).end();
      CompletionStage<EchoReply> hostile = client.echo(new Hostile(Hostile.At.READ));
      CompletionStage<EchoReply> behind = client.echo("behind it");

      for (CompletionStage<EchoReply> each : List.of(before, hostile, behind)) {
        CompletableFuture.anyOf(each.toCompletableFuture().handle((reply, why) -> true))
            .get(20, TimeUnit.SECONDS);
      }
      assertThat(hostile.toCompletableFuture()).isCompletedExceptionally();
      await(client.close());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void failsWithWhatAReplyListenerThrows(ClientMode mode) throws Exception {
    for (Throwable thrown :
        List.of(new IllegalStateException(THROWN), new AssertionError(THROWN))) {
      ReplyListener listener =
          content -> {
            throw EveryStageCompletesTest.<RuntimeException>sneaky(thrown);
          };
      ClientConfig config = ClientConfig.builder().mode(mode).replies(listener).build();
      try (Talk peer = Talk.with(Talk::echo)) {
        EchoClient client =
            await(EchoClient.connect(bootstrap(peer.endpoint()), peer.endpoint(), config));

        assertThat(failure(client.echo("Hello"))).hasStackTraceContaining(THROWN);
        assertThat(failure(client.ended())).hasStackTraceContaining(THROWN);
      }
      DatagramClient client = openDatagrams(config);
      assertThat(failure(client.echo(FrameType.TEXT, bytes(1)))).hasStackTraceContaining(THROWN);
      assertThat(failure(client.ended())).hasStackTraceContaining(THROWN);
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void completesWhatIsAskedAfterTheLoopHasEnded(ClientMode mode) throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, mode);
      await(client.echo("Hello"));
      group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

      assertThat(failure(client.echo("late"))).isInstanceOf(Exception.class);
      assertThat(failure(client.open(FrameType.TEXT).write(bytes(1))))
          .isInstanceOf(Exception.class);
      await(client.close());
    }
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void completesDatagramsThatAreAskedForAfterTheLoopHasEnded(ClientMode mode) throws Exception {
    assumeTrue(transport != Transport.IO_URING, "Netty loses a buffer that it reads into");
    DatagramClient client = openDatagrams(ClientConfig.builder().mode(mode).timeout(LONG).build());
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

    assertThat(failure(client.echo(FrameType.TEXT, bytes(1)), DatagramException.class))
        .hasMessageContaining("the socket is closed");
    await(client.counts());
    await(client.close());
  }

  // Datagrams.

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void refusesADatagramThatWasReleased(ClientMode mode) throws Exception {
    DatagramClient client = openDatagrams(ClientConfig.builder().mode(mode).timeout(LONG).build());
    ByteBuf released = bytes(1);
    released.release();

    failure(client.echo(FrameType.BINARY, released), IllegalArgumentException.class);

    await(client.echo(FrameType.BINARY, bytes(2)));
    await(client.close());
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void failsWithADatagramThatCannotBeRead(ClientMode mode) throws Exception {
    DatagramClient client = openDatagrams(ClientConfig.builder().mode(mode).timeout(LONG).build());

    failure(client.echo(FrameType.BINARY, new Hostile(Hostile.At.READ)));

    await(client.close().handle((counts, why) -> true));
  }

  @ParameterizedTest
  @EnumSource(ClientMode.class)
  void bearsADatagramThatCannotBeReleased(ClientMode mode) throws Exception {
    DatagramClient client = openDatagrams(ClientConfig.builder().mode(mode).timeout(LONG).build());

    await(client.echo(FrameType.BINARY, new Hostile(Hostile.At.RELEASE)));

    await(client.close());
  }

  // Waiting.

  @Test
  void doesNotLetTheEventLoopWaitForItself() throws Exception {
    try (Talk peer = Talk.with(Talk::echo)) {
      EchoClient client = connect(peer, ClientMode.FRAMES);

      assertBlocks(() -> client.echo("Hello"));
      assertBlocks(() -> client.echo("Hello").thenApply(EchoReply::bytes));
      assertBlocks(() -> client.open(FrameType.TEXT).end());
      assertBlocks(client::ended);
      assertBlocks(() -> EchoClient.connect(bootstrap(peer.endpoint()), peer.endpoint(), PATIENT));
      assertBlocks(client::close);
    }
    DatagramClient datagrams = openDatagrams(PATIENT);
    assertBlocks(() -> datagrams.echo(FrameType.BINARY, bytes(1)));
    assertBlocks(datagrams::ended);
    await(datagrams.close());
  }

  /** On the loop, as in what is chained to a stage of the same connection. */
  private void assertBlocks(Supplier<CompletionStage<?>> call) throws Exception {
    CompletableFuture<?> waiting =
        CompletableFuture.supplyAsync(() -> call.get().toCompletableFuture().join(), group);

    assertThat(failure(waiting)).hasCauseInstanceOf(BlockingOperationException.class);
  }

  private EchoClient connect(Talk peer, ClientMode mode) throws Exception {
    ClientConfig config = ClientConfig.builder().mode(mode).timeout(LONG).build();
    return await(EchoClient.connect(bootstrap(peer.endpoint()), peer.endpoint(), config));
  }

  private DatagramClient openDatagrams(ClientConfig config) throws Exception {
    Channel server =
        new Bootstrap()
            .group(group)
            .channelFactory(transport.datagramChannels())
            .handler(
                new DatagramPipeline(
                    null, ServerFront.NONE, EchoMode.AUTO, EchoObserver.NONE, new OwnPorts()))
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
    servers.add(server);
    int port = ((InetSocketAddress) server.localAddress()).getPort();
    UdpEndpoint endpoint = UdpEndpoint.of("127.0.0.1", port);
    return await(DatagramClient.open(bootstrap(endpoint), endpoint, config));
  }

  private Bootstrap bootstrap(Endpoint endpoint) {
    return new Bootstrap().group(group).channelFactory(transport.channels(endpoint));
  }

  private static ByteBuf bytes(int value) {
    return Unpooled.buffer().writeByte(value);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static Supplier<BareConnection.Tail> throwing(Place place) {
    return () -> {
      if (place == Place.MAKING) {
        throw new IllegalStateException(THROWN);
      }
      return new Tail() {
        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
          if (place == Place.ADDED) {
            throw new IllegalStateException(THROWN);
          }
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
          if (place == Place.ACTIVE) {
            throw new IllegalStateException(THROWN);
          }
        }
      };
    };
  }

  private static class Tail extends ChannelInboundHandlerAdapter implements BareConnection.Tail {
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

  /** A buffer of one byte that throws. */
  private static final class Hostile extends UnpooledHeapByteBuf {
    enum At {
      READ,
      RELEASE
    }

    private final At at;

    Hostile(At at) {
      super(UnpooledByteBufAllocator.DEFAULT, 1, 1);
      this.at = at;
      writerIndex(1);
    }

    private void check(At here) {
      if (at == here) {
        throw new UnsupportedOperationException(THROWN);
      }
    }

    @Override
    public ByteBuffer nioBuffer(int index, int length) {
      check(At.READ);
      return super.nioBuffer(index, length);
    }

    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
      check(At.READ);
      return super.internalNioBuffer(index, length);
    }

    @Override
    public int nioBufferCount() {
      check(At.READ);
      return super.nioBufferCount();
    }

    @Override
    public ByteBuf retainedDuplicate() {
      check(At.READ);
      return super.retainedDuplicate();
    }

    @Override
    public ByteBuf retainedSlice() {
      check(At.READ);
      return super.retainedSlice();
    }

    @Override
    public ByteBuf retainedSlice(int index, int length) {
      check(At.READ);
      return super.retainedSlice(index, length);
    }

    @Override
    public boolean release() {
      boolean released = super.release();
      check(At.RELEASE);
      return released;
    }
  }
}
