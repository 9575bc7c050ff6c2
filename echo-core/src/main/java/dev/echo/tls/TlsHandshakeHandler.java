package dev.echo.tls;

import dev.echo.endpoint.AwakeTimer;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCounted;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the handshake is complete, then leaves. Directly behind the {@code SslHandler}; one
 * per connection.
 *
 * <p>On a client nobody further in hears of the connection before that: the {@code channelActive}
 * of the socket is held back, and who opens it has a timeout. A server ends a handshake that takes
 * longer than 10 s of a time in which it runs. A failure goes inward once, as a {@link
 * TlsException}, and the connection is closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
public final class TlsHandshakeHandler extends ChannelInboundHandlerAdapter {
  /** A fatal unexpected_message, so that a plain peer sees what it came to (RFC 8446, 6). */
  private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 10};

  private final SslHandler tls;
  private final TlsSide side;
  private final TlsWords words;
  private final BiConsumer<Channel, TlsException> failures;
  private @Nullable AwakeTimer timer;
  private boolean failed;

  /**
   * Makes the stage of one connection.
   *
   * @param tls the stage before it
   * @param side which end this is
   * @param failures is told of a handshake that failed, before it goes inward
   */
  public TlsHandshakeHandler(
      SslHandler tls, TlsSide side, BiConsumer<Channel, TlsException> failures) {
    this.tls = tls;
    this.side = side;
    this.words = new TlsWords(side);
    this.failures = failures;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (side == TlsSide.SERVER) {
      timer = new AwakeTimer(ctx.executor(), () -> late(ctx));
      timer.atMost(TlsPolicy.HANDSHAKE.toNanos());
      ctx.fireChannelActive();
    }
  }

  private void late(ChannelHandlerContext ctx) {
    fail(ctx, words.late(TlsPolicy.HANDSHAKE));
    socketSide(ctx).close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.end();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent completed) {
      if (completed.isSuccess()) {
        complete(ctx, completed);
      } else {
        fail(ctx, words.of(completed.cause()));
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      fail(ctx, words.gone(null));
      socketSide(ctx).close();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void complete(ChannelHandlerContext ctx, SslHandshakeCompletionEvent completed) {
    SSLEngine engine = tls.engine();
    if (side == TlsSide.SERVER) {
      refuseRenegotiation(engine);
    }
    ctx.fireUserEventTriggered(completed);
    if (side != TlsSide.SERVER) {
      ctx.fireChannelActive();
    }
    ctx.pipeline().remove(this);
  }

  /**
   * A client must not be able to make the server compute again and again (CVE-2011-1473). Without
   * cipher suites the Java platform refuses another handshake; OpenSSL's engines do so by
   * themselves, and TLS 1.3 has none.
   */
  private static void refuseRenegotiation(SSLEngine engine) {
    if (!engine.getSession().getProtocol().equals(TlsPolicy.TLS_1_3)
        && !(engine instanceof ReferenceCounted)) {
      engine.setEnabledCipherSuites(new String[0]);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    fail(ctx, words.of(cause));
    socketSide(ctx).close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, words.gone(null));
    ctx.fireChannelInactive();
  }

  private void fail(ChannelHandlerContext ctx, TlsException seen) {
    if (failed) {
      return;
    }
    failed = true;
    FirstByteHandler silent = ctx.pipeline().get(FirstByteHandler.class);
    TlsException failure =
        silent != null && seen.problem() == TlsProblem.GONE
            ? words.unanswered(silent.waited(ctx), seen)
            : seen;
    if (ctx.channel().isActive()) {
      sendAlert(ctx, failure);
    }
    failures.accept(ctx.channel(), failure);
    ctx.fireExceptionCaught(failure);
  }

  /** Who hears of the failure closes at once: the alert must be on its way by then. */
  private void sendAlert(ChannelHandlerContext ctx, TlsException failure) {
    if (failure.problem() != TlsProblem.NOT_TLS) {
      ctx.flush();
    } else if (side == TlsSide.SERVER) {
      socketSide(ctx).writeAndFlush(Unpooled.wrappedBuffer(ALERT));
    }
  }

  private ChannelHandlerContext socketSide(ChannelHandlerContext ctx) {
    ChannelHandlerContext context = ctx.pipeline().context(tls);
    return context == null ? ctx : context;
  }
}
