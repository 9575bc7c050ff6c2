package dev.echo.limit;

import dev.echo.duplex.SystemFailure;
import dev.echo.metrics.OncePerSecond;
import dev.echo.text.AddressText;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that a connection could not be accepted, as when descriptors run out. It stands last in the
 * listener's pipeline, behind Netty's acceptor, which by then has paused accepting for a second.
 * Sharable.
 */
@Sharable
public final class AcceptFailureHandler extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(AcceptFailureHandler.class);

  private final OncePerSecond warnings = new OncePerSecond();

  /** Makes a handler for any number of listeners. */
  public AcceptFailureHandler() {}

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (warnings.pass()) {
      logger.warn(
          "cannot accept on {}: {}",
          AddressText.of(ctx.channel().localAddress()),
          SystemFailure.words(cause));
    }
  }
}
