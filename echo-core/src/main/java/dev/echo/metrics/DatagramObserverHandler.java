package dev.echo.metrics;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;

/**
 * Tells an {@link EchoObserver} which datagrams pass, and passes them on. It stands before every
 * handler that reads or writes, so it sees what is on the wire. Sharable: it has no state.
 */
@Sharable
public final class DatagramObserverHandler extends ChannelDuplexHandler {
  private final EchoObserver observer;

  /**
   * Makes a handler for any number of datagram listeners.
   *
   * @param observer is told
   */
  public DatagramObserverHandler(EchoObserver observer) {
    this.observer = observer;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof DatagramPacket packet) {
      observer.datagramReceived(ctx.channel(), packet.sender(), packet.content());
    }
    ctx.fireChannelRead(msg);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (msg instanceof DatagramPacket packet) {
      observer.datagramEchoed(ctx.channel(), packet.recipient(), packet.content().readableBytes());
    }
    ctx.write(msg, promise);
  }
}
