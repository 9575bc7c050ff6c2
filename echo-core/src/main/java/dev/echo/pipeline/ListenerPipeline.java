package dev.echo.pipeline;

import dev.echo.limit.AcceptFailureHandler;
import dev.echo.limit.AcceptHandler;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import org.jspecify.annotations.Nullable;

/**
 * The stages of a listener: the caller's own handler, admission, then Netty's acceptor, which the
 * bootstrap adds, and behind it, once the listener is bound, what logs its failures.
 *
 * <pre>
 *   caller's handler, accept, (acceptor), failures
 * </pre>
 */
public final class ListenerPipeline extends ChannelInitializer<Channel> {
  /** The stage that admits connections. */
  public static final String ACCEPT = "accept";

  /** The stage that logs why a connection could not be accepted. */
  public static final String FAILURES = "failures";

  private final @Nullable ChannelHandler first;
  private final AcceptHandler accept;

  /**
   * Makes the pipeline of one listener.
   *
   * @param first the caller's handler, or null
   * @param accept admits connections
   */
  public ListenerPipeline(@Nullable ChannelHandler first, AcceptHandler accept) {
    this.first = first;
    this.accept = accept;
  }

  @Override
  protected void initChannel(Channel channel) {
    if (first != null) {
      channel.pipeline().addLast(first);
    }
    channel.pipeline().addLast(ACCEPT, accept);
  }

  /**
   * Adds the last stage. The acceptor is in its place once the listener is bound, not before.
   *
   * @param listener a bound listener
   */
  public static void complete(Channel listener) {
    listener.pipeline().addLast(FAILURES, new AcceptFailureHandler());
  }
}
