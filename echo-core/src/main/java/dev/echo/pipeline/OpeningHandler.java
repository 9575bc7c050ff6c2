package dev.echo.pipeline;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.WebSocketEndpoint;
import dev.echo.websocket.ClientHandshakeHandler;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a client connection until the stages in front of it have made it usable, which they tell
 * with {@code channelActive}; then it leaves. The handlers behind it see nothing of a connection
 * that does not get so far: the failure is in {@link #opened()}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
final class OpeningHandler extends ChannelDuplexHandler {
  private final CompletableFuture<Opened> opened = new CompletableFuture<>();
  private final boolean shakesHands;
  private @Nullable Throwable cause;
  private @Nullable Future<?> timeout;
  private long startNanos;
  private long connectedNanos;

  OpeningHandler(Endpoint endpoint) {
    shakesHands = endpoint.isSecure() || endpoint instanceof WebSocketEndpoint;
  }

  /** Completes on the event loop, before the last handler gets {@code channelActive}. */
  CompletableFuture<Opened> opened() {
    return opened;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    if (ctx.channel().isActive()) {
      opened.complete(new Opened(0, 0));
      ctx.pipeline().remove(this);
    }
  }

  @Override
  public void connect(
      ChannelHandlerContext ctx,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    startNanos = now(ctx);
    promise.addListener(connected -> connected(ctx, connected));
    ctx.connect(remote, local, promise);
  }

  /** The connect timeout holds again for what comes after the connect. */
  private void connected(ChannelHandlerContext ctx, Future<?> connected) {
    connectedNanos = now(ctx);
    if (shakesHands && connected.isSuccess() && !opened.isDone()) {
      int millis = ctx.channel().config().getConnectTimeoutMillis();
      timeout = ctx.executor().schedule(() -> timedOut(ctx, millis), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void timedOut(ChannelHandlerContext ctx, int millis) {
    boolean isTls = ctx.pipeline().get(TlsStages.HANDSHAKE) != null;
    ClientHandshakeHandler webSocket = ctx.pipeline().get(ClientHandshakeHandler.class);
    exceptionCaught(
        ctx,
        new HandshakeTimeoutException(
            isTls ? "TLS" : "WebSocket",
            Duration.ofNanos(connectedNanos - startNanos),
            Duration.ofMillis(millis),
            isTls || webSocket == null ? "" : webSocket.answered()));
  }

  private void cancelTimeout() {
    if (timeout != null) {
      timeout.cancel(false);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    long handshakeNanos = shakesHands ? now(ctx) - connectedNanos : 0;
    Opened facts = new Opened(connectedNanos - startNanos, handshakeNanos);
    cancelTimeout();
    opened.complete(facts);
    ctx.fireUserEventTriggered(facts);
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  /** The first cause is the one that says why. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
    if (cause == null) {
      cause = thrown;
    }
    ctx.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    cancelTimeout();
    opened.completeExceptionally(cause != null ? cause : new ClosedChannelException());
  }

  private static long now(ChannelHandlerContext ctx) {
    return ctx.executor().ticker().nanoTime();
  }
}
