package dev.echo.pipeline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Has the system tell the destination of each datagram, as long as that can be another address than
 * the socket's own: before it is bound, and when it is bound to all addresses or to a group.
 * Elsewhere that would only cost time. Leaves when the socket is bound.
 */
final class DestinationHandler extends ChannelInboundHandlerAdapter {
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    tell(ctx, true);
    if (ctx.channel().isActive()) {
      bound(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    bound(ctx);
    ctx.fireChannelActive();
  }

  private void bound(ChannelHandlerContext ctx) {
    if (ctx.channel().localAddress() instanceof InetSocketAddress local
        && !canBeAnother(local.getAddress())) {
      tell(ctx, false);
    }
    ctx.pipeline().remove(this);
  }

  private static boolean canBeAnother(InetAddress own) {
    return own.isAnyLocalAddress() || own.isMulticastAddress();
  }

  private static void tell(ChannelHandlerContext ctx, boolean tells) {
    if (ctx.channel() instanceof EpollDatagramChannel channel) {
      DatagramOptions.tryOption(channel.config(), EpollChannelOption.IP_RECVORIGDSTADDR, tells);
    }
  }
}
