package dev.echo.caller;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Sends a PROXY header as soon as a client connection is up, in front of everything else, with the
 * connection's own addresses, and leaves. Over a Unix socket the header says that the addresses are
 * unknown. It stands next to the socket. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be written ends the connection.
public final class ProxyHeaderHandler extends ChannelInboundHandlerAdapter {
  private static final int USUAL_BYTES = 128;

  private final ProxyVersion version;

  /**
   * Makes a handler for one connection.
   *
   * @param version the header's form
   */
  public ProxyHeaderHandler(ProxyVersion version) {
    this.version = version;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ByteBuf header = ctx.alloc().ioBuffer(USUAL_BYTES);
    ProxyHeader.write(
        header, version, inet(ctx.channel().localAddress()), inet(ctx.channel().remoteAddress()));
    ctx.writeAndFlush(header);
    ctx.pipeline().remove(this);
    ctx.fireChannelActive();
  }

  private static @Nullable InetSocketAddress inet(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet : null;
  }
}
