package dev.echo.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Tells an {@link EchoObserver} what passes, and passes it on. It stands before every handler that
 * reads or writes, so it sees what is on the wire. Sharable: it has no state.
 */
@Sharable
public final class ObserverHandler extends ChannelDuplexHandler {
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
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof ByteBuf content && content.isReadable()) {
      observer.echoed(ctx.channel(), content.readableBytes());
    }
    ctx.write(msg, promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ctx.fireChannelInactive();
    observer.closed(ctx.channel());
  }
}
