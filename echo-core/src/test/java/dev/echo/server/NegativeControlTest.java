package dev.echo.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks of {@link Trap} are worth something: the plain way to write an echo fails each. */
class NegativeControlTest {
  /** What Netty's own echo example does, in its three steps. */
  @Sharable
  private static final class PlainEcho extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      ctx.write(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      ctx.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      cause.printStackTrace();
      ctx.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Trap.class)
  void thePlainEchoFallsInto(Trap trap) throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    Channel listener =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(new PlainEcho())
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    try {
      int port = ((InetSocketAddress) listener.localAddress()).getPort();

      assertThatThrownBy(() -> trap.check(port)).isInstanceOf(AssertionError.class);
    } finally {
      loops.shutdownGracefully(0, 5, java.util.concurrent.TimeUnit.SECONDS).sync();
    }
  }
}
