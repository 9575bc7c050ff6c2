package dev.echo.limit;

import dev.echo.caller.ProxyPolicy;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.Predicate;

/**
 * Closes a connection at once, before anything is spent on it, if its address is denied or the
 * limit is reached; passes on the others. It stands in the listener's pipeline, before Netty's
 * acceptor, and leaves exceptions to it: the acceptor's pause after a failed accept depends on
 * them. Sharable.
 */
@Sharable
public final class AcceptHandler extends ChannelInboundHandlerAdapter {
  private final Predicate<Channel> admits;

  /**
   * Makes a handler for any number of listeners that everybody may use.
   *
   * @param connections says who is admitted
   * @param observer is told who is not
   */
  public AcceptHandler(Connections connections, EchoObserver observer) {
    this(new Admission(connections, AccessList.ALL, observer)::admits);
  }

  private AcceptHandler(Predicate<Channel> admits) {
    this.admits = admits;
  }

  /**
   * Makes a handler for any number of listeners. Of a peer that may be a proxy it looks at that and
   * at the number of connections only: on its caller an {@link AdmissionHandler} decides.
   *
   * @param admission decides
   * @param policy whether peers may be proxies
   * @return the handler
   */
  public static AcceptHandler of(Admission admission, ProxyPolicy policy) {
    return new AcceptHandler(
        policy.isOn() ? accepted -> admission.admitsProxy(accepted, policy) : admission::admits);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (!(msg instanceof Channel connection) || admits.test(connection)) {
      ctx.fireChannelRead(msg);
    } else {
      connection.unsafe().closeForcibly();
    }
  }
}
