package dev.echo.tls;

import dev.echo.duplex.EndOfOutput;
import dev.echo.duplex.EndSign;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;

/**
 * Makes close_notify the end of each direction: {@link EndOfOutput} sends it, before TCP's own end;
 * the peer's becomes {@link ChannelInputShutdownEvent}. TCP's end without it is told as a
 * truncation. Behind {@link TlsHandshakeHandler}; one per connection.
 *
 * <p>Both directions end by themselves with the Java platform and TLS 1.3 only. Elsewhere the
 * answer to a close_notify ends this side at once (RFC 5246, 7.2.1), so in TLS 1.2 everything that
 * came before it is echoed before it is looked at: record by record. That saves nothing with
 * OpenSSL, which answers as soon as it has read it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The future is the writer's promise.
public final class TlsEndHandler extends ChannelDuplexHandler {
  private final SslHandler tls;
  private final TlsSide side;
  private final TlsWords words;
  private final BiConsumer<Channel, TlsException> notices;
  private boolean inputEnded;
  private boolean outputEnded;

  /**
   * Makes the stage of one connection.
   *
   * @param tls the stage that encrypts
   * @param side which end this is
   * @param notices on a server, is told of an end without close_notify; what came before it is
   *     served. On a client it goes inward as an exception. Also of a failure that closed the
   *     connection
   */
  public TlsEndHandler(SslHandler tls, TlsSide side, BiConsumer<Channel, TlsException> notices) {
    this.tls = tls;
    this.side = side;
    this.words = new TlsWords(side);
    this.notices = notices;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message == EndOfOutput.INSTANCE) {
      finish(ctx, promise);
    } else {
      ctx.write(message, promise);
    }
  }

  /**
   * What is not encrypted when the engine's output ends would be thrown away. Before there is TLS
   * no end can be told: the connection is closed.
   */
  private void finish(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!tls.handshakeFuture().isSuccess()) {
      socketSide(ctx).close(promise);
      return;
    }
    outputEnded = true;
    ctx.flush();
    tls.closeOutbound();
    socketSide(ctx).write(EndOfOutput.INSTANCE, promise);
  }

  /**
   * Closes at once: a peer that does not read would hold up its close_notify. One that does gets
   * it.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (!outputEnded && tls.handshakeFuture().isSuccess() && ctx.channel().isActive()) {
      outputEnded = true;
      tls.closeOutbound();
    }
    socketSide(ctx).close(promise);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.fireChannelRead(message);
    if (side == TlsSide.SERVER
        && !tls.engine().getSession().getProtocol().equals(TlsPolicy.TLS_1_3)) {
      ctx.flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent closed) {
      ctx.fireUserEventTriggered(event);
      if (closed.isSuccess() && !inputEnded) {
        inputEnded = true;
        ctx.fireUserEventTriggered(EndSign.CLOSE_NOTIFY);
        ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      if (!inputEnded) {
        inputEnded = true;
        truncated(ctx);
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void truncated(ChannelHandlerContext ctx) {
    TlsException truncated = words.truncated();
    if (side == TlsSide.SERVER) {
      notices.accept(ctx.channel(), truncated);
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    } else {
      ctx.fireUserEventTriggered(EndSign.CUT_OFF);
      ctx.fireExceptionCaught(truncated);
    }
  }

  /** A server tells in TLS 1.3 only after the handshake that it does not accept its client. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean ofTls =
        cause instanceof SSLException
            || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    TlsException failure = ofTls ? words.afterHandshake(cause) : null;
    if (failure != null && side == TlsSide.SERVER && !ctx.channel().isOpen()) {
      // It was closed before this was thrown: further in nobody hears of it any more.
      notices.accept(ctx.channel(), failure);
    }
    ctx.fireExceptionCaught(failure == null ? cause : failure);
  }

  private ChannelHandlerContext socketSide(ChannelHandlerContext ctx) {
    ChannelHandlerContext context = ctx.pipeline().context(tls);
    return context == null ? ctx : context;
  }
}
