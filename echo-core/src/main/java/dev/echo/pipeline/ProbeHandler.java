package dev.echo.pipeline;

import dev.echo.duplex.SystemFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether somebody answers at one of several addresses of a UDP endpoint: holds {@code
 * channelActive} back until a datagram has come from there, whatever it is. It sends up to four
 * datagrams of {@value #PROBE_BYTES} bytes, spread over the connect timeout, which a server of this
 * project and every plain echo return; what returns of them is kept from the handlers behind. Not
 * sharable.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A close is seen as an event.
final class ProbeHandler extends ChannelDuplexHandler {
  /** No shorter, or a server that asks for cookies could not answer with one. */
  static final int PROBE_BYTES = 16;

  private static final int PROBES = 4;

  private final ByteBuf probe;
  private @Nullable Future<?> timer;
  private boolean answered;
  private int sent;

  ProbeHandler() {
    String text =
        String.format(Locale.ROOT, "echo? %010x", ThreadLocalRandom.current().nextLong(1L << 40));
    probe = Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly();
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    send(ctx);
  }

  private void send(ChannelHandlerContext ctx) {
    sent++;
    ByteBuf copy = ctx.alloc().directBuffer(PROBE_BYTES).writeBytes(probe.duplicate());
    ctx.writeAndFlush(copy)
        .addListener(
            (ChannelFuture written) -> {
              if (!written.isSuccess()) {
                exceptionCaught(ctx, written.cause());
              }
            });
    long waitMillis = Math.max(1, ctx.channel().config().getConnectTimeoutMillis() / PROBES);
    timer = ctx.executor().schedule(() -> waited(ctx), waitMillis, TimeUnit.MILLISECONDS);
  }

  private void waited(ChannelHandlerContext ctx) {
    if (answered || !ctx.channel().isActive()) {
      return;
    }
    if (sent < PROBES) {
      send(ctx);
    } else {
      int millis = ctx.channel().config().getConnectTimeoutMillis();
      ctx.fireExceptionCaught(
          new ConnectTimeoutException("no datagram came back within " + millis + " ms"));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (answered && !isProbe(msg)) {
      ctx.fireChannelRead(msg);
      return;
    }
    ReferenceCountUtil.release(msg);
    if (!answered) {
      answered = true;
      cancelTimer();
      ctx.fireChannelActive();
    }
  }

  private boolean isProbe(Object msg) {
    return msg instanceof DatagramPacket packet && packet.content().equals(probe);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean isRefused = SystemFailure.of(cause) == SystemFailure.ECONNREFUSED;
    if (answered || !isRefused) {
      ctx.fireExceptionCaught(cause);
      return;
    }
    ConnectException refused =
        new ConnectException(
            "connection refused: nothing listens at " + ctx.channel().remoteAddress());
    refused.initCause(cause);
    ctx.fireExceptionCaught(refused);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelTimer();
    ctx.fireChannelInactive();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
