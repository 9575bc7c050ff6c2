package dev.echo.echo;

import dev.echo.duplex.EndOfOutput;
import dev.echo.duplex.SystemFailure;
import dev.echo.frame.FrameError;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.OncePerSecond;
import dev.echo.text.AddressText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes back what was read, in the same buffers, and flushes once a read batch. When the peer has
 * finished, or a {@link FrameError} event asks for the end, it finishes its own side behind
 * everything written: FIN, never RST. After an asked end it discards what still comes, until the
 * peer's FIN, {@value #DISCARD_BYTES} bytes, or {@value #LINGER_SECONDS} seconds after its own FIN,
 * since closing a socket with unread input sends RST, which destroys what is on its way (RFC 1122,
 * 4.2.2.13). The last handler of the pipeline, and the only one that logs and closes on an
 * exception. One per connection.
 */
public final class EchoHandler extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(EchoHandler.class);
  private static final OncePerSecond warnings = new OncePerSecond();

  /** The most that is read and thrown away for a peer that goes on sending after the end. */
  static final long DISCARD_BYTES = 256L << 20;

  /** How long the peer has for its FIN after ours. */
  static final int LINGER_SECONDS = 10;

  private final EchoObserver observer;
  private boolean discarding;
  private boolean finishing;
  private boolean inputEnded;
  private boolean outputEnded;
  private long discardedBytes;
  private @Nullable Future<?> linger;

  /**
   * Makes a handler for one connection.
   *
   * @param observer is told what is echoed, and when the connection is ended or fails
   */
  public EchoHandler(EchoObserver observer) {
    this.observer = observer;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (discarding) {
      discard(ctx, msg);
    } else {
      if (msg instanceof ByteBuf content && content.isReadable()) {
        observer.echoed(ctx.channel(), content.readableBytes());
      }
      ctx.write(msg, ctx.voidPromise());
    }
  }

  private void discard(ChannelHandlerContext ctx, Object msg) {
    discardedBytes += msg instanceof ByteBuf content ? content.readableBytes() : 0;
    ReferenceCountUtil.release(msg);
    if (discardedBytes > DISCARD_BYTES) {
      ctx.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
    ctx.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (evt instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      finish(ctx);
    } else if (evt instanceof FrameError error && !discarding) {
      discarding = true;
      observer.ended(ctx.channel(), error.sentence());
      finish(ctx);
    }
    ctx.fireUserEventTriggered(evt);
  }

  private void finish(ChannelHandlerContext ctx) {
    if (outputEnded) {
      closeWhenBothEnded(ctx);
    } else if (!finishing) {
      finishing = true;
      ctx.writeAndFlush(EndOfOutput.INSTANCE)
          .addListener((ChannelFuture finished) -> finished(ctx, finished));
    }
  }

  private void finished(ChannelHandlerContext ctx, ChannelFuture finished) {
    outputEnded = true;
    if (!finished.isSuccess()) {
      ctx.close();
    } else {
      closeWhenBothEnded(ctx);
    }
  }

  private void closeWhenBothEnded(ChannelHandlerContext ctx) {
    if (inputEnded) {
      ctx.close();
    } else if (linger == null && ctx.channel().isOpen()) {
      linger = ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (linger != null) {
      linger.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!ctx.channel().isOpen()) {
      return;
    }
    observer.failed(ctx.channel(), cause);
    if (!(cause instanceof IOException) && warnings.pass()) {
      logger.warn(
          "{}: closed, because this server failed: {}",
          AddressText.of(ctx.channel().remoteAddress()),
          SystemFailure.words(cause));
    }
    logger.debug("{} failed", ctx.channel(), cause);
    ctx.close();
  }
}
