package dev.echo.limit;

import dev.echo.caller.Caller;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.frame.FrameProgress;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection that is idle, whose peer does not read, or whose frame does not go on. Between
 * sweeps it only notes that something was read; {@link Sweeper} calls {@link #check} at its
 * interval, and a time limit is kept to that precision. An idle connection and a stalled frame are
 * asked to end by a {@link FrameError}; a peer that does not read could not be told, so its
 * connection is closed. It stands before the handlers that read. One per connection.
 */
public final class ProgressHandler extends ChannelInboundHandlerAdapter {
  /** Smaller than any number of bytes, so that no answer is less. */
  private static final long NOT_ASKED = Long.MIN_VALUE;

  private final Sweeper sweeper;
  private final Limits limits;
  private final EchoObserver observer;
  private FrameProgress frames;

  /** The place in the sweeper's list; -1 outside. */
  int place = -1;

  private @Nullable ChannelHandlerContext ctx;
  private boolean mayIdle;
  private boolean read;
  private boolean ending;
  private long movedAt;
  private long readerMovedAt;
  private long frameMovedAt;
  private long frameSteps;
  private @Nullable Object writing;
  private long writingProgress;
  private long pendingBytes;
  private long unreadBytes = NOT_ASKED;

  /**
   * Makes a handler for one connection.
   *
   * @param sweeper calls it
   * @param limits have the timeouts
   * @param observer is told when it ends the connection
   * @param frames says how far the connection's frames have come
   */
  public ProgressHandler(
      Sweeper sweeper, Limits limits, EchoObserver observer, FrameProgress frames) {
    this.sweeper = sweeper;
    this.limits = limits;
    this.observer = observer;
    this.frames = frames;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    mayIdle = limits.idleTimeout().equals(Limits.NEVER) || Caller.of(ctx.channel()).isLocal();
    sweeper.add(ctx.executor(), this);
    ctx.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    sweeper.remove(ctx.executor(), this);
    writing = null;
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    read = true;
    ctx.fireChannelRead(msg);
  }

  /** Its time begins. On the event loop. */
  void begin(long now) {
    movedAt = now;
    readerMovedAt = now;
    frameMovedAt = now;
  }

  /**
   * Looks at what has moved since the last call. On the event loop.
   *
   * @param now in nanoseconds in which the loop turned
   * @param queues what the kernel holds, asked for only of a peer that seems not to read
   */
  void check(long now, Supplier<SocketQueues> queues) {
    ChannelHandlerContext ctx = this.ctx;
    if (ctx == null) {
      return;
    }
    if (read) {
      read = false;
      movedAt = now;
    }
    if (frames.isOver()) {
      frames = FrameProgress.NONE;
    }
    if (readerStalled(ctx.channel(), now, queues)) {
      observer.ended(ctx.channel(), "nothing was read for " + words(limits.stallTimeout()));
      ctx.close();
    } else if (!ending && frameStalled(ctx.channel(), now)) {
      end(ctx, "a frame was not finished within " + words(limits.stallTimeout()));
    } else if (!ending && !mayIdle && expired(movedAt, now, limits.idleTimeout())) {
      end(ctx, "idle for " + words(limits.idleTimeout()));
    }
  }

  private void end(ChannelHandlerContext ctx, String why) {
    ending = true;
    ctx.fireUserEventTriggered(new FrameError(ErrorCode.IDLE_OR_STALLED, why));
  }

  /**
   * The buffer at the head of the queue and what was written of it move with every write that the
   * kernel took; the total alone would also move when the peer sends. A kernel takes nothing for
   * long while a peer reads slowly, so it is asked what it still holds, soon and at the end.
   */
  private boolean readerStalled(Channel channel, long now, Supplier<SocketQueues> queues) {
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    long pending = outbound == null ? 0 : outbound.totalPendingWriteBytes();
    if (outbound == null || pending == 0) {
      if (pendingBytes != 0) {
        movedAt = now;
      }
      pendingBytes = 0;
      writing = null;
      readerMoved(now, NOT_ASKED);
      return false;
    }
    Object head = outbound.current();
    if (head != writing
        || outbound.currentProgress() != writingProgress
        || pending < pendingBytes) {
      writing = head;
      writingProgress = outbound.currentProgress();
      movedAt = now;
      readerMoved(now, NOT_ASKED);
    }
    pendingBytes = pending;
    boolean expired = expired(readerMovedAt, now, limits.stallTimeout());
    if (!expired && (unreadBytes != NOT_ASKED || !expired(readerMovedAt, now, firstLook()))) {
      return false;
    }
    long unread = queues.get().unread(channel.localAddress(), channel.remoteAddress());
    if (unread >= 0 && unread < unreadBytes) {
      movedAt = now;
      readerMoved(now, unread);
      return false;
    }
    unreadBytes = unread;
    return expired;
  }

  private void readerMoved(long now, long unread) {
    readerMovedAt = now;
    unreadBytes = unread;
  }

  /** Most peers have read by then, and need not be asked for. */
  private Duration firstLook() {
    return limits.stallTimeout().dividedBy(8);
  }

  /** While reading is held back it is not the frame's sender who stalls. */
  private boolean frameStalled(Channel channel, long now) {
    long steps = frames.steps();
    if (steps != frameSteps || !frames.isInsideFrame() || !channel.config().isAutoRead()) {
      frameSteps = steps;
      frameMovedAt = now;
      return false;
    }
    return expired(frameMovedAt, now, limits.stallTimeout());
  }

  private static boolean expired(long since, long now, Duration timeout) {
    return !timeout.equals(Limits.NEVER) && now - since >= timeout.toNanos();
  }

  private static String words(Duration timeout) {
    return timeout.toMillis() % 1000 == 0 ? timeout.toSeconds() + " s" : timeout.toMillis() + " ms";
  }
}
