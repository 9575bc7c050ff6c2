package dev.echo.tls;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;

/**
 * Stays in the pipeline of a client until the first byte has come, before TLS: who finds it there
 * knows that nobody has answered. One per connection.
 */
public final class FirstByteHandler extends ChannelInboundHandlerAdapter {
  private long activeNanos;

  /** Makes the stage of one connection. */
  public FirstByteHandler() {}

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    activeNanos = now(ctx);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(message);
    ctx.pipeline().remove(this);
  }

  /** How long nothing has come since the connect. */
  Duration waited(ChannelHandlerContext ctx) {
    return Duration.ofNanos(now(ctx) - activeNanos);
  }

  private static long now(ChannelHandlerContext ctx) {
    return ctx.executor().ticker().nanoTime();
  }
}
