package dev.echo.echo;

import dev.echo.duplex.SystemFailure;
import dev.echo.metrics.OncePerSecond;
import dev.echo.text.AddressText;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each datagram back to its sender, in the same buffer, and flushes once a read batch. One
 * reply for one request, of the same length. The last handler of a datagram listener, and the only
 * one that logs an exception; none closes the listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The stage next to the socket looks at the writes.
public final class DatagramEchoHandler extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(DatagramEchoHandler.class);

  private final OncePerSecond warnings = new OncePerSecond();

  /** Makes the handler of one listener. */
  public DatagramEchoHandler() {}

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof DatagramPacket packet) {
      ctx.write(new DatagramPacket(packet.content(), packet.sender()));
    } else {
      ReferenceCountUtil.release(msg);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (warnings.pass()) {
      logger.warn(
          "on {}: {}", AddressText.of(ctx.channel().localAddress()), SystemFailure.words(cause));
    }
  }
}
