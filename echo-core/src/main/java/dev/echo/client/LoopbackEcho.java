package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The plainest echo in this process, on a loopback socket, with a thread of its own: what a client
 * measures there is what process and machine take by themselves, and the virtual machine compiles
 * the code that is timed later. For any thread.
 */
public final class LoopbackEcho {
  private static final Endpoint ANYWHERE = TcpEndpoint.of("localhost", 0);

  private final EventLoopGroup group;
  private final Endpoint endpoint;

  private LoopbackEcho(EventLoopGroup group, Endpoint endpoint) {
    this.group = group;
    this.endpoint = endpoint;
  }

  /**
   * Begins to listen.
   *
   * @param transport what carries it
   * @return fails with the system's reason where this machine has no loopback, say
   */
  public static CompletableFuture<LoopbackEcho> start(Transport transport) {
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("echo-loopback", true), transport.ioHandlers());
    CompletableFuture<LoopbackEcho> started = new CompletableFuture<>();
    new ServerBootstrap()
        .group(group)
        .channel(transport.listenerType(ANYWHERE))
        .childHandler(new Back())
        .bind(InetAddress.getLoopbackAddress(), 0)
        .addListener((ChannelFuture bound) -> bound(bound, group, started));
    return started;
  }

  private static void bound(
      ChannelFuture bound, EventLoopGroup group, CompletableFuture<LoopbackEcho> started) {
    if (bound.isSuccess()) {
      Endpoint here = Endpoint.of((InetSocketAddress) bound.channel().localAddress());
      started.complete(new LoopbackEcho(group, here));
    } else {
      end(group);
      started.completeExceptionally(bound.cause());
    }
  }

  /**
   * Where it listens.
   *
   * @return a TCP endpoint
   */
  public Endpoint endpoint() {
    return endpoint;
  }

  /**
   * Closes its connections and ends its thread.
   *
   * @return completes when that is done
   */
  public CompletableFuture<Void> stop() {
    return end(group);
  }

  private static CompletableFuture<Void> end(EventLoopGroup group) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(end -> over.complete(null));
    return over;
  }

  /** One handler only, so that what is compiled for a client is not compiled for a server, too. */
  @ChannelHandler.Sharable
  private static final class Back extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ctx.write(msg, ctx.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
      ctx.close(); // Its client has seen it, too.
    }
  }
}
