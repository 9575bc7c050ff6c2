package dev.echo.echo;

import dev.echo.echo.Bursts.Burst;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the end of a read until the event loop has read all of its connections that had
 * something to read, so that they are answered in one burst: see {@link Bursts}. It stands before
 * every handler that writes. One per connection.
 */
public final class BurstHandler extends ChannelInboundHandlerAdapter {
  private final Bursts bursts;
  private @Nullable Burst burst;

  /**
   * Makes a handler for one connection.
   *
   * @param bursts of all connections of the server
   */
  public BurstHandler(Bursts bursts) {
    this.bursts = bursts;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    burst = bursts.joined(ctx.executor());
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (burst != null) {
      burst.left();
      burst = null;
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (burst == null || !burst.isShared()) {
      ctx.fireChannelReadComplete();
    } else {
      burst.add(ctx);
    }
  }
}
