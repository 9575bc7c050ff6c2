package dev.echo.duplex;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;

/**
 * Finishes this side of a socket for {@link EndOfOutput}: the first stage of a connection.
 *
 * <p>{@code shutdownOutput} discards everything still pending, so it waits for an empty buffer
 * behind the rest to be written.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // The future is the writer's promise.
public final class SocketEndHandler extends ChannelOutboundHandlerAdapter {
  /** Has no state: one for all connections. */
  public static final SocketEndHandler INSTANCE = new SocketEndHandler();

  private SocketEndHandler() {}

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg == EndOfOutput.INSTANCE) {
      ctx.write(Unpooled.EMPTY_BUFFER)
          .addListener((ChannelFuture written) -> finish(ctx, written, promise));
    } else {
      ctx.write(msg, promise);
    }
  }

  private static void finish(
      ChannelHandlerContext ctx, ChannelFuture written, ChannelPromise promise) {
    if (!written.isSuccess()) {
      promise.tryFailure(written.cause());
    } else if (ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput(promise);
    } else {
      ctx.close(promise);
    }
  }
}
