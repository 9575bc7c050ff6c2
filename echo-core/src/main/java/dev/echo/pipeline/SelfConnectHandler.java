package dev.echo.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Makes a connect fail that joined the socket to itself. Where nobody listens on a port that the
 * system also gives to clients, TCP joins a client that happens to get it to itself (RFC 9293,
 * simultaneous open), and a UDP socket can be its own destination: all that is sent would come
 * back. Next to the socket, so that nothing of such a connection is seen; not sharable.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The futures are the promises.
final class SelfConnectHandler extends ChannelDuplexHandler {
  private boolean refused;

  @Override
  public void connect(
      ChannelHandlerContext ctx,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    ChannelPromise own = ctx.newPromise();
    own.addListener((ChannelFuture connected) -> connected(connected, promise));
    ctx.connect(remote, local, own);
  }

  private void connected(ChannelFuture connected, ChannelPromise promise) {
    Channel channel = connected.channel();
    if (!connected.isSuccess()) {
      promise.tryFailure(connected.cause());
    } else if (isOwnPeer(channel)) {
      refused = true;
      letGoOfThePort(channel);
      promise.tryFailure(
          new ConnectException(
              "connection refused: "
                  + channel.remoteAddress()
                  + " was this client's own socket, so nothing listens there"));
      channel.close();
    } else if (!promise.trySuccess()) {
      channel.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    refused = refused || isOwnPeer(ctx.channel());
    if (!refused) {
      ctx.pipeline().remove(this);
      ctx.fireChannelActive();
    }
  }

  /** Nobody behind was told that it had begun. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (!refused) {
      ctx.fireChannelInactive();
    }
  }

  private static boolean isOwnPeer(Channel channel) {
    return channel.localAddress() instanceof InetSocketAddress local
        && local.equals(channel.remoteAddress());
  }

  /** Has it reset: in TIME_WAIT it would keep the port from the server that is waited for. */
  private static void letGoOfThePort(Channel channel) {
    if (channel instanceof SocketChannel) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
  }
}
