package dev.echo.limit;

import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.OncePerSecond;
import dev.echo.metrics.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection at once that there is no room for, before anything is spent on it, and passes
 * on the others. It stands in the listener's pipeline, before Netty's acceptor, and leaves
 * exceptions to it: the acceptor's pause after a failed accept depends on them. Sharable.
 */
@Sharable
public final class AcceptHandler extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(AcceptHandler.class);

  private final Connections connections;
  private final EchoObserver observer;
  private final OncePerSecond warnings = new OncePerSecond();

  /**
   * Makes a handler for any number of listeners.
   *
   * @param connections says who is admitted
   * @param observer is told who is not
   */
  public AcceptHandler(Connections connections, EchoObserver observer) {
    this.connections = connections;
    this.observer = observer;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof Channel connection)) {
      ctx.fireChannelRead(msg);
      return;
    }
    Refusal refusal = connections.admit(connection);
    if (refusal == null) {
      ctx.fireChannelRead(msg);
      return;
    }
    observer.refused(connection.remoteAddress(), refusal);
    if (warnings.pass()) {
      logger.warn(
          "refused a connection from {}: {} ({} open)",
          connection.remoteAddress(),
          words(refusal),
          connections.count());
    }
    connection.unsafe().closeForcibly();
  }

  private static String words(Refusal refusal) {
    return switch (refusal) {
      case TOO_MANY_CONNECTIONS -> "too many connections";
      case TOO_MANY_FROM_SOURCE -> "too many connections from this address";
      case DRAINING -> "shutting down";
    };
  }
}
