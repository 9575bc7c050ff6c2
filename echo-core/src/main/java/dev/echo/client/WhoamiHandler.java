package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.duplex.EndRecorder;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.Endpoint;
import dev.echo.frame.FrameEnd;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameHead;
import dev.echo.frame.FrameType;
import dev.echo.frame.NotFramesException;
import dev.echo.frame.PeerPreface;
import dev.echo.pipeline.Opened;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks {@code whoami} once, and closes. Last of the handlers; not sharable. */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
final class WhoamiHandler extends ChannelInboundHandlerAdapter {
  /** What an aware server answers takes less than two thousand bytes. */
  private static final int MAX_ANSWER_BYTES = 64 << 10;

  private static final Counts ASKED = new Counts(1, 0);

  private final Endpoint endpoint;
  private final Duration timeout;
  private final CompletableFuture<WhoamiHandler> connected = new CompletableFuture<>();
  private final CompletableFuture<Whoami> answer = new CompletableFuture<>();
  private final ByteBuf payload = Unpooled.buffer(0, MAX_ANSWER_BYTES);
  private volatile @Nullable ChannelHandlerContext ctx;
  private EndRecorder recorder = EndRecorder.bare();
  private @Nullable Future<?> timer;
  private @Nullable FrameType answering;
  private Peer peer = Peer.UNKNOWN;
  private Opened opened = new Opened(0, 0);

  WhoamiHandler(Endpoint endpoint, Duration timeout) {
    this.endpoint = endpoint;
    this.timeout = timeout;
  }

  /** Completes on the event loop when the channel is connected. */
  CompletableFuture<WhoamiHandler> connected() {
    return connected;
  }

  CompletableFuture<Whoami> answer() {
    return answer;
  }

  void close() {
    ChannelHandlerContext up = ctx;
    if (up != null) {
      up.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    recorder = EndRecorder.of(ctx.pipeline());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    timer =
        ctx.executor()
            .schedule(() -> fail(ctx, stalled()), timeout.toNanos(), TimeUnit.NANOSECONDS);
    ctx.writeAndFlush(FrameHead.whole(FrameType.WHOAMI, 0));
    connected.complete(this);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (!answer.isDone()) {
        read(ctx, msg);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void read(ChannelHandlerContext ctx, Object msg) {
    if (msg instanceof PeerPreface preface) {
      peer = preface == PeerPreface.AWARE ? Peer.AWARE : Peer.PLAIN;
    } else if (msg instanceof FrameHead head) {
      boolean isAnswer =
          head.type() == FrameType.WHOAMI && (peer == Peer.AWARE || head.payloadBytes() == 0);
      boolean isError = head.type() == FrameType.ERROR && peer == Peer.AWARE;
      if (!isAnswer && !isError) {
        fail(
            ctx,
            wrong("a frame of type " + head.type().code() + " instead of the answer to WHOAMI"));
      } else if (head.payloadBytes() > MAX_ANSWER_BYTES) {
        fail(
            ctx,
            wrong(
                "an answer to WHOAMI of "
                    + head.payloadBytes()
                    + " bytes (expected: at most "
                    + MAX_ANSWER_BYTES
                    + ")"));
      }
      answering = head.type();
    } else if (msg instanceof ByteBuf content) {
      payload.writeBytes(content);
    } else if (msg instanceof FrameEnd && answering == FrameType.ERROR) {
      refused(ctx, FrameError.read(payload));
    } else if (msg instanceof FrameEnd && !ByteBufUtil.isText(payload, StandardCharsets.UTF_8)) {
      fail(ctx, wrong("the answer to WHOAMI is not UTF-8"));
    } else if (msg instanceof FrameEnd) {
      end(ctx);
      answer.complete(
          new Whoami(
              peer,
              payload.toString(StandardCharsets.UTF_8),
              Duration.ofNanos(opened.connectNanos()),
              Duration.ofNanos(opened.handshakeNanos())));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Opened facts) {
      opened = facts;
    } else if (event instanceof ChannelInputShutdownEvent) {
      fail(ctx, lost(null));
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof NotFramesException other) {
      byte[] received = other.received();
      int shown = Math.min(received.length, NotEchoException.FIRST_BYTES);
      fail(ctx, new NotEchoException(Arrays.copyOf(received, shown), ASKED));
    } else if (cause instanceof TlsException tls
        && tls.problem() == TlsProblem.CLIENT_CERTIFICATE) {
      // In TLS 1.3 the server judges it after the handshake; there never was a connection.
      fail(ctx, new UnreachableException(endpoint, Reason.TLS, cause));
    } else if (ViolationException.isViolation(cause)) {
      fail(ctx, new ViolationException(cause, ASKED));
    } else if (cause instanceof java.io.IOException) {
      fail(ctx, lost(cause));
    } else {
      fail(ctx, wrong(SystemFailure.words(cause)));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    fail(ctx, lost(null));
    ctx.fireChannelInactive();
  }

  private ConnectionLostException lost(@Nullable Throwable cause) {
    return new ConnectionLostException(recorder.end(), ASKED, cause);
  }

  private NoProgressException stalled() {
    return new NoProgressException(timeout, recorder.end(EndSign.silence(timeout)), ASKED);
  }

  private void refused(ChannelHandlerContext ctx, FrameError error) {
    RefusedException why = new RefusedException(error, ASKED);
    why.ended(recorder.end(EndSign.error(error.code(), error.sentence())));
    fail(ctx, why);
  }

  private static ViolationException wrong(String what) {
    return new ViolationException(what, ASKED);
  }

  private void fail(ChannelHandlerContext ctx, EchoException why) {
    why.ended(recorder.end());
    end(ctx);
    answer.completeExceptionally(why);
  }

  private void end(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
    ctx.close();
  }
}
