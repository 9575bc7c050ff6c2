package dev.echo.echo;

import dev.echo.frame.FrameError;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Echoes like {@link EchoHandler} and discards after the end, but stays open: an embedded channel
 * cannot be closed on one side only.
 */
final class OpenEcho extends ChannelInboundHandlerAdapter {
  private boolean ended;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (ended) {
      ReferenceCountUtil.release(msg);
    } else {
      ctx.write(msg);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    ended |= evt instanceof FrameError || evt instanceof ChannelInputShutdownEvent;
    ctx.flush();
  }
}
