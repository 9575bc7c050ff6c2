package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Tells an {@link EchoObserver} who comes, what is read and who goes, and passes it on. It stands
 * before every handler that reads, so it sees what is on the wire; what is echoed only the last
 * handler knows. Sharable: it has no state.
 */
@Sharable
public final class ObserverHandler extends ChannelInboundHandlerAdapter {
  private final EchoObserver observer;

  /**
   * Makes a handler for any number of connections.
   *
   * @param observer is told
   */
  public ObserverHandler(EchoObserver observer) {
    this.observer = observer;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    observer.accepted(ctx.channel());
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof ByteBuf content) {
      observer.received(ctx.channel(), content);
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    observer.closed(ctx.channel());
  }
}
