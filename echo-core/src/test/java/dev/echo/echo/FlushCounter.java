package dev.echo.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;

/** Counts flushes, and passes them on. */
final class FlushCounter extends ChannelOutboundHandlerAdapter {
  int count;

  @Override
  public void flush(ChannelHandlerContext ctx) {
    count++;
    ctx.flush();
  }
}
