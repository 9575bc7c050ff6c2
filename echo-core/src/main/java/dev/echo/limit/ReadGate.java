package dev.echo.limit;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelOutputShutdownEvent;

/**
 * Stops reading from a peer that does not read, and goes on when it does: back-pressure by TCP's
 * own flow control. It follows the channel's writability, so the water marks say when. The only
 * class that calls {@code setAutoRead}. Once the output is finished nothing can pile up any more,
 * and the gate stays open. It stands before the handlers that write. Sharable: it has no state.
 */
@Sharable
public final class ReadGate extends ChannelInboundHandlerAdapter {
  /** The only one. */
  public static final ReadGate INSTANCE = new ReadGate();

  private ReadGate() {}

  /**
   * Closes without waiting for the event too: over TLS that is a task of the loop, and io_uring
   * reads up to 128 times before it does one.
   */
  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    ChannelOutboundBuffer output = ctx.channel().unsafe().outboundBuffer();
    if (output != null && !output.isWritable()) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    ctx.channel().config().setAutoRead(ctx.channel().isWritable());
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof ChannelOutputShutdownEvent) {
      ctx.channel().config().setAutoRead(true);
    }
    ctx.fireUserEventTriggered(evt);
  }
}
