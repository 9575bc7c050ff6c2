package dev.echo.limit;

import dev.echo.metrics.Refusal;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;

/**
 * Drops what the socket does not take: at most {@value #MAX_PENDING} datagrams wait for it, since
 * each of them holds a receive buffer. In front of the handlers that write. One for each listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The listener is on the promise.
public final class DatagramOutputHandler extends ChannelDuplexHandler {
  /** Two read batches: one that waits, and one that is being written. */
  public static final int MAX_PENDING = 32;

  private final DatagramRefusals refusals;
  private final ChannelFutureListener written = this::written;
  private int pending;

  /**
   * Makes the handler of one listener.
   *
   * @param refusals is told
   */
  public DatagramOutputHandler(DatagramRefusals refusals) {
    this.refusals = refusals;
  }

  private void written(ChannelFuture future) {
    pending--;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    if (!(msg instanceof DatagramPacket packet)) {
      ctx.write(msg, promise);
    } else if (pending >= MAX_PENDING) {
      refusals.refused(packet.recipient(), Refusal.NOT_TAKEN);
      packet.release();
      promise.trySuccess();
    } else {
      pending++;
      ctx.write(packet, promise.unvoid().addListener(written));
    }
  }
}
