package dev.echo.limit;

import dev.echo.metrics.Refusal;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Drops datagrams of a source that sends too many, and of all when all together do. What a source
 * is refused takes nothing from the others. Behind the guard, so that what is never echoed takes
 * nothing from anybody. One for each listener, whose sockets may share it if they share their event
 * loop.
 */
@Sharable
public final class DatagramRateHandler extends ChannelInboundHandlerAdapter {
  private static final double TOTAL_BURST_SECONDS = 0.1;

  private final @Nullable SourceBuckets sources;
  private final @Nullable TokenBucket total;
  private final DatagramRefusals refusals;

  /**
   * Makes the handler of one listener.
   *
   * @param limits the rates
   * @param refusals is told
   */
  public DatagramRateHandler(DatagramLimits limits, DatagramRefusals refusals) {
    this.refusals = refusals;
    long now = System.nanoTime();
    sources =
        limits.ratePerSource() == DatagramLimits.UNLIMITED
            ? null
            : new SourceBuckets(limits.ratePerSource(), limits.burstPerSource(), now);
    double rate = limits.totalRate();
    total =
        rate == DatagramLimits.UNLIMITED
            ? null
            : new TokenBucket(rate, (int) Math.max(1, rate * TOTAL_BURST_SECONDS), now);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof DatagramPacket packet && !take(packet.sender().getAddress())) {
      refusals.refused(packet.sender(), Refusal.TOO_MANY_DATAGRAMS);
      packet.release();
      return;
    }
    ctx.fireChannelRead(msg);
  }

  private boolean take(InetAddress source) {
    long now = System.nanoTime();
    return (sources == null || sources.take(source, now)) && (total == null || total.take(now));
  }
}
