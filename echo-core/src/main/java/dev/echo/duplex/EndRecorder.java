package dev.echo.duplex;

import dev.echo.duplex.ConnectionEnd.Direction;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is needed to say how a connection ended: the bytes of each direction, when the last
 * ones moved, and the first sign of an end. Behind the stages of TLS and WebSocket, so that it
 * counts the bytes of the stream; everything passes it unchanged. It reads one clock for each batch
 * of reads and each flush. One per connection; event loop only.
 *
 * <p>The first sign counts, since what follows is mostly its consequence. A failed write is none by
 * itself: what the peer sent before is still to be read, and its end too. But if the write said
 * that the connection was reset, the end of input that is read then is that reset: the system says
 * it only once.
 */
public final class EndRecorder extends ChannelDuplexHandler {
  /** With more buffers than this under way it costs too much to ask how far they have gone. */
  private static final int MAX_COUNTED = 64;

  private static final long NEVER = Long.MIN_VALUE;

  /** Whether a path has bytes of its own before those of the stream. */
  private enum Path {
    BARE,
    SHAKES_HANDS
  }

  private final Path path;
  private final PendingBytes pending = new PendingBytes();
  private final ChannelFutureListener failedWrites = this::written;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable EndSign sign;
  private @Nullable Throwable writeFailure;
  private long connectedNanos;
  private long receivedNanos = NEVER;
  private long sentNanos = NEVER;
  private long endedNanos;
  private long received;
  private long receivedBefore;
  private long handed;
  private long flushed;
  private long taken;

  private EndRecorder(Path path) {
    this.path = path;
  }

  /**
   * Makes the recorder of a connection on which the first byte that comes is the stream's.
   *
   * @return for one connection
   */
  public static EndRecorder bare() {
    return new EndRecorder(Path.BARE);
  }

  /**
   * Makes the recorder of a connection whose {@code channelActive} tells the end of a handshake.
   *
   * @return for one connection
   */
  public static EndRecorder behindHandshake() {
    return new EndRecorder(Path.SHAKES_HANDS);
  }

  /**
   * Finds the recorder of a connection, while it is open.
   *
   * @param pipeline of the connection
   * @return one that has seen nothing if there is none
   */
  public static EndRecorder of(ChannelPipeline pipeline) {
    EndRecorder found = pipeline.get(EndRecorder.class);
    return found == null ? bare() : found;
  }

  /**
   * Tells how the connection ended, or how far it is if it has not.
   *
   * @return with {@link EndSign#CLOSED_HERE} if there is no sign yet
   */
  public ConnectionEnd end() {
    return end(EndSign.CLOSED_HERE);
  }

  /**
   * Tells how the connection ended, for a caller that knows more than was seen here.
   *
   * @param known counts if there is no sign yet; an ERROR frame of the peer, and its breaking of
   *     rules, count always
   * @return the end
   */
  public ConnectionEnd end(EndSign known) {
    boolean isOpen = sign == null;
    long at = isOpen ? now() : endedNanos;
    if (isOpen) {
      count(Integer.MAX_VALUE);
      settle(at);
    }
    EndSign told = sign == null || known.isCause() ? known : sign;
    return new ConnectionEnd(
        told,
        Duration.ofNanos(at - connectedNanos),
        new Direction(Math.max(taken, Math.min(received, flushed)), since(sentNanos, at)),
        new Direction(received, since(receivedNanos, at)));
  }

  private static Optional<Duration> since(long moved, long at) {
    return moved == NEVER
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, at - moved)));
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    connectedNanos = now();
  }

  @Override
  public void connect(
      ChannelHandlerContext context,
      SocketAddress remote,
      SocketAddress local,
      ChannelPromise promise) {
    promise.addListener(connected -> connectedNanos = now());
    context.connect(remote, local, promise);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (path == Path.SHAKES_HANDS) {
      receivedNanos = now();
    }
    context.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof ByteBuf bytes) {
      received += bytes.readableBytes();
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (received != receivedBefore) {
      settle(now());
    }
    count(MAX_COUNTED);
    context.fireChannelReadComplete();
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof ByteBuf bytes) {
      handed += bytes.readableBytes();
    }
    context.write(message, promise.isVoid() ? promise : promise.addListener(failedWrites));
  }

  private void written(ChannelFuture write) {
    if (writeFailure == null && write.cause() instanceof IOException) {
      writeFailure = write.cause();
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    boolean isMore = handed != flushed;
    flushed = handed;
    context.flush();
    if (isMore && sign == null) {
      sentNanos = now();
      count(MAX_COUNTED);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof EndSign told) {
      ended(told);
    } else if (event instanceof ChannelInputShutdownEvent) {
      endedByPeer();
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      EndSign read = EndSign.of(cause);
      if (SystemFailure.of(cause) == SystemFailure.EPIPE) {
        writeFailure = writeFailure == null ? cause : writeFailure;
      } else {
        ended(read);
      }
    }
    context.fireExceptionCaught(cause);
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (isRefused()) {
      endedByPeer();
    } else {
      ended(EndSign.CLOSED_HERE);
    }
    context.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (context.channel().eventLoop().isShuttingDown()) {
      ended(EndSign.CLOSED_HERE);
    } else {
      endedByPeer();
    }
    context.fireChannelInactive();
  }

  /** Whether a write has failed since the peer takes no more. */
  private boolean isRefused() {
    SystemFailure failure =
        writeFailure == null ? SystemFailure.UNKNOWN : SystemFailure.of(writeFailure);
    return failure == SystemFailure.EPIPE || failure == SystemFailure.ECONNRESET;
  }

  private void endedByPeer() {
    boolean isReset =
        writeFailure != null && SystemFailure.of(writeFailure) == SystemFailure.ECONNRESET;
    ended(isReset ? EndSign.RESET : EndSign.FIN);
  }

  private void ended(EndSign seen) {
    if (sign == null) {
      count(Integer.MAX_VALUE);
      endedNanos = now();
      settle(endedNanos);
      sign = seen;
    }
  }

  private void settle(long now) {
    if (received != receivedBefore) {
      receivedBefore = received;
      receivedNanos = now;
    }
  }

  /**
   * Once a write has failed the buffer is gone: then what was known before that stays. An echo has
   * been sent at least as far as it came back.
   */
  private void count(int most) {
    if (ctx == null || taken == flushed) {
      return;
    }
    long left = pending.of(ctx.channel(), most);
    if (left >= 0) {
      taken = Math.max(taken, flushed - left);
    }
  }

  private long now() {
    return ctx == null ? connectedNanos : ctx.executor().ticker().nanoTime();
  }
}
