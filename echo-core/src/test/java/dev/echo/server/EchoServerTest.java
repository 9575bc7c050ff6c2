package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.testing.Peer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class EchoServerTest {
  private static void echoes(Endpoint endpoint) throws Exception {
    try (Peer peer = new Peer(((TcpEndpoint) endpoint).port())) {
      assertThat(peer.send((byte) 7).read(1)).containsExactly(7);
    }
  }

  @Test
  void listensOnSeveralEndpoints() throws Exception {
    EchoServer server =
        Servers.start(
            EchoServer.builder().listen(Servers.ANYWHERE).listen(new TcpEndpoint("localhost", 0)));

    assertThat(server.endpoints()).hasSize(2).doesNotContain(Servers.ANYWHERE);
    for (Endpoint endpoint : server.endpoints()) {
      echoes(endpoint);
    }
    Servers.close(server);
  }

  @Test
  void startsAllListenersOrNone() throws Exception {
    EchoServer first = Servers.start(EchoServer.builder().listen(Servers.ANYWHERE));
    Endpoint taken = first.endpoints().get(0);

    var second =
        EchoServer.builder().listen(Servers.ANYWHERE).listen(taken).start().toCompletableFuture();

    assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            ListenException.class, e -> assertThat(e.endpoint()).isEqualTo(taken))
        .hasMessageContaining(taken.toString());
    echoes(taken);
    Servers.close(first);
  }

  @Test
  void namesAHostThatIsUnknown() {
    var start = EchoServer.builder().listen(new TcpEndpoint("no-such-host.invalid", 1)).start();

    assertThatThrownBy(() -> start.toCompletableFuture().get(10, TimeUnit.SECONDS))
        .cause()
        .hasMessage("cannot listen on tcp://no-such-host.invalid:1: unknown host");
  }

  @Test
  void usesACallersBootstrapAndLeavesItsLoopsAlone() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    AtomicInteger accepted = new AtomicInteger();
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .handler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext ctx, Object msg) {
                    accepted.incrementAndGet();
                    ctx.fireChannelRead(msg);
                  }
                });
    EchoServer server = Servers.start(EchoServer.builder().listen(bootstrap, Servers.ANYWHERE));

    echoes(server.endpoints().get(0));
    Servers.close(server);

    assertThat(accepted).hasValue(1);
    assertThat(bootstrap.config().childHandler()).isNull();
    assertThat(loops.isShuttingDown()).isFalse();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @Test
  void startsNothingBesideABootstrapThatCannotBind() {
    var start =
        EchoServer.builder()
            .listen(Servers.ANYWHERE)
            .listen(new ServerBootstrap(), Servers.ANYWHERE)
            .start()
            .toCompletableFuture();

    assertThatThrownBy(() -> start.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOf(ListenException.class)
        .hasMessageContaining("group not set");
  }

  @Test
  void drainsWhenTheCallersLoopsHaveEnded() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class);
    EchoServer server = Servers.start(EchoServer.builder().listen(bootstrap, Servers.ANYWHERE));
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();

    var drained = server.drain(Duration.ofSeconds(5)).toCompletableFuture();

    assertThat(drained).succeedsWithin(Duration.ofSeconds(4));
  }

  @Test
  void waitsForConnectionsOnTheCallersLoopsBesideItsOwn() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    EventLoopGroup listening = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    ServerBootstrap bootstrap =
        new ServerBootstrap().group(listening, loops).channel(NioServerSocketChannel.class);
    EchoServer server =
        Servers.start(
            EchoServer.builder().listen(bootstrap, Servers.ANYWHERE).listen(Servers.ANYWHERE));
    try (Peer peer = new Peer(Servers.port(server))) {
      assertThat(peer.send((byte) 7).read(1)).containsExactly(7);
      loops.execute(() -> LockSupport.parkNanos(Duration.ofMillis(500).toNanos()));

      Servers.close(server);

      assertThat(server.connections()).isZero();
    }
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    listening.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  @Test
  void refusesABootstrapWhoseChildHandlerIsSet() {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(io.netty.channel.Channel ch) {}
                });

    assertThatThrownBy(() -> EchoServer.builder().listen(bootstrap, Servers.ANYWHERE))
        .hasMessageContaining("child handler");
  }

  @Test
  void needsAnEndpoint() {
    assertThatThrownBy(() -> EchoServer.builder().start()).hasMessageContaining("endpoint");
  }

  @Test
  void drainsForAsLongAsItTakes() throws Exception {
    EchoServer server = Servers.start(EchoServer.builder().listen(Servers.ANYWHERE));

    var drained = server.drain(java.time.Duration.ofSeconds(Long.MAX_VALUE)).toCompletableFuture();

    drained.get(5, TimeUnit.SECONDS);
    assertThat(server.connections()).isZero();
  }

  @Test
  void endsTwiceWithoutHarm() throws Exception {
    EchoServer server = Servers.start(EchoServer.builder().listen(Servers.ANYWHERE));

    var drained = server.drain(Duration.ofSeconds(5)).toCompletableFuture();
    Servers.close(server);
    Servers.close(server);

    drained.get(5, TimeUnit.SECONDS);
    assertThat(server.connections()).isZero();
  }
}
