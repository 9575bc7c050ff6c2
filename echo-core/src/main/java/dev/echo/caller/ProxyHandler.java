package dev.echo.caller;

import dev.echo.caller.ProxyHeader.Beginning;
import dev.echo.caller.ProxyPolicy.Mode;
import dev.echo.endpoint.AwakeTimer;
import dev.echo.metrics.Refusal;
import dev.echo.metrics.Refusals;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes the PROXY header off the front of a server connection and makes its source the {@link
 * Caller}. Until that is decided nobody behind sees anything of the connection, not even that it is
 * active; then this stage leaves. A header that is malformed, too long, not whole in time or from a
 * peer that is not trusted ends the connection, as does a missing one where it is required. Where
 * it is optional, the first byte that differs decides at once, less than a signature is held for at
 * most 200 ms, and no byte is lost. It stands in front of TLS. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
public final class ProxyHandler extends ChannelInboundHandlerAdapter {
  private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final ProxyPolicy policy;
  private final long headerNanos;
  private final Refusals refusals;
  private @Nullable ByteBuf held;
  private @Nullable AwakeTimer partTimer;
  private @Nullable AwakeTimer headerTimer;
  private boolean refused;

  /**
   * Makes a handler for one connection.
   *
   * @param policy whether there is a header, and from whom
   * @param headerNanos how long it may take to come, in nanoseconds; 0 for ever
   * @param refusals is told of connections that end here
   */
  public ProxyHandler(ProxyPolicy policy, long headerNanos, Refusals refusals) {
    this.policy = policy;
    this.headerNanos = headerNanos;
    this.refusals = refusals;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!policy.allows(ctx.channel())) {
      refuse(ctx, Refusal.UNTRUSTED_PROXY, "");
    } else if (headerNanos > 0) {
      headerTimer = new AwakeTimer(ctx.executor(), () -> headerLate(ctx));
      headerTimer.atMost(headerNanos);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (refused) {
      ReferenceCountUtil.release(msg);
      return;
    }
    ByteBuf in = (ByteBuf) msg;
    ByteBuf begun = held;
    if (begun != null) {
      held = null;
      in = begun.alloc().compositeBuffer(2).addComponents(true, begun, in);
    }
    switch (ProxyHeader.beginning(in)) {
      case NONE -> noHeader(ctx, in);
      case PART -> {
        hold(ctx, in);
        if (partTimer == null && policy.mode() == Mode.OPTIONAL && held != null) {
          partTimer = new AwakeTimer(ctx.executor(), () -> partLate(ctx));
          partTimer.atMost(PART_NANOS);
        }
      }
      case V1, V2 -> header(ctx, in);
    }
  }

  private void header(ChannelHandlerContext ctx, ByteBuf in) {
    if (!policy.trusts(ctx.channel())) {
      in.release();
      refuse(ctx, Refusal.UNTRUSTED_PROXY, "");
      return;
    }
    ProxyHeader header;
    try {
      header = ProxyHeader.read(in);
    } catch (IllegalArgumentException e) {
      in.release();
      refuse(ctx, Refusal.BAD_PROXY_HEADER, String.valueOf(e.getMessage()));
      return;
    }
    if (header == null) {
      hold(ctx, in);
    } else {
      header.source().ifPresent(source -> Caller.believe(ctx.channel(), source));
      pass(ctx, in);
    }
  }

  private void noHeader(ChannelHandlerContext ctx, ByteBuf in) {
    if (policy.mode() == Mode.OPTIONAL) {
      pass(ctx, in);
    } else {
      in.release();
      refuse(ctx, Refusal.NO_PROXY_HEADER, "");
    }
  }

  /** What is held is copied out of the receive buffer: less than a header. */
  private void hold(ChannelHandlerContext ctx, ByteBuf in) {
    try {
      if (in.isReadable()) {
        held = ctx.alloc().buffer(in.readableBytes(), ProxyHeader.MAX_BYTES).writeBytes(in);
      }
    } finally {
      in.release();
    }
  }

  /** Lets everybody behind see the connection, and this stage no more of it. */
  private void pass(ChannelHandlerContext ctx, @Nullable ByteBuf rest) {
    ctx.pipeline().remove(this);
    ctx.fireChannelActive();
    if (rest == null) {
      return;
    }
    if (rest.isReadable()) {
      ctx.fireChannelRead(rest);
    } else {
      rest.release();
    }
  }

  private void passHeld(ChannelHandlerContext ctx) {
    ByteBuf begun = held;
    held = null;
    pass(ctx, begun);
    ctx.fireChannelReadComplete();
  }

  private void partLate(ChannelHandlerContext ctx) {
    ByteBuf begun = held;
    if (begun != null && ProxyHeader.beginning(begun) == Beginning.PART) {
      passHeld(ctx);
    }
  }

  private void headerLate(ChannelHandlerContext ctx) {
    if (held == null && policy.mode() == Mode.OPTIONAL) {
      passHeld(ctx);
    } else {
      refuse(
          ctx,
          held == null ? Refusal.NO_PROXY_HEADER : Refusal.BAD_PROXY_HEADER,
          "not whole in time");
    }
  }

  private void refuse(ChannelHandlerContext ctx, Refusal why, String detail) {
    refused = true;
    Caller caller = Caller.of(ctx.channel());
    refusals.tell(caller.address(), caller, why, detail);
    ctx.close();
  }

  /**
   * The peer's FIN, or a request to end. A connection that brought nothing, as those of a health
   * check, ends without a word.
   */
  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
    if (refused) {
      ReferenceCountUtil.release(evt);
      return;
    }
    ByteBuf begun = held;
    boolean isHeader = begun != null && ProxyHeader.beginning(begun) != Beginning.PART;
    if (policy.mode() == Mode.OPTIONAL && !isHeader) {
      passHeld(ctx);
      ctx.fireUserEventTriggered(evt);
    } else if (begun != null && evt instanceof ChannelInputShutdownEvent) {
      refuse(ctx, Refusal.BAD_PROXY_HEADER, "cut off");
    } else {
      refused = true;
      ctx.close();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {}

  /** Nobody behind was told that it had begun. */
  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    clear();
  }

  /** As a reset. There is nobody behind whom it concerns. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    refused = true;
    ctx.close();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    clear();
  }

  private void clear() {
    ReferenceCountUtil.release(held);
    held = null;
    for (@Nullable AwakeTimer timer : new @Nullable AwakeTimer[] {partTimer, headerTimer}) {
      if (timer != null) {
        timer.end();
      }
    }
  }
}
