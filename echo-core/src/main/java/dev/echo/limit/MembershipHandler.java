package dev.echo.limit;

import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Makes a connection known to its {@link Connections} while it is up, and asks it to end if it came
 * up when draining had begun already. First in the pipeline. Sharable.
 */
@Sharable
public final class MembershipHandler extends ChannelInboundHandlerAdapter {
  /** The event that asks a connection to end because the server is shutting down. */
  public static final FrameError DRAINING =
      new FrameError(ErrorCode.DRAINING, "the server is shutting down");

  private final Connections connections;

  /**
   * Makes a handler for any number of connections.
   *
   * @param connections is told
   */
  public MembershipHandler(Connections connections) {
    this.connections = connections;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    connections.activated(ctx.channel());
    ctx.fireChannelActive();
    switch (connections.phase()) {
      case OPEN -> {}
      case DRAINING -> ctx.fireUserEventTriggered(DRAINING);
      case CLOSED -> ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connections.deactivated(ctx.channel());
    ctx.fireChannelInactive();
  }
}
