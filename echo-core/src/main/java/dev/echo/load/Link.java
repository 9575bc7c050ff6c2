package dev.echo.load;

import dev.echo.client.BareConnection;
import dev.echo.client.Peer;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndOfOutput;
import dev.echo.duplex.EndRecorder;
import dev.echo.duplex.EndSign;
import dev.echo.frame.Preface;
import dev.echo.pipeline.Opened;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that carries a flow: writes what may be sent, shows the flow what came. Last of
 * the handlers; not sharable.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
final class Link extends ChannelDuplexHandler implements BareConnection.Tail {
  /** Who makes connections and makes them again. Called on the event loop. */
  interface Owner {
    /** A batch of reads is over; what may be sent changed. */
    void readComplete(Link link);

    /** What answers is no echo; {@code agreed} bytes of the preface came back. */
    void notEcho(Link link, int agreed, byte[] first);

    /** The peer will send no more. */
    void inputEnded(Link link);

    /** The connection is closed. */
    void closed(Link link, @Nullable Throwable cause);
  }

  /** As much as leaves with one write. */
  private static final int BATCH_BYTES = 1 << 16;

  /** A wrong echo is judged when nothing at all came for so long. */
  private static final long SILENCE_MILLIS = 200;

  private static final long GRACE_MILLIS = 1000;
  private static final int SHOWN_BYTES = 64;

  private final Flow flow;
  private final Owner owner;
  private final CompletableFuture<Channel> connected = new CompletableFuture<>();
  private @Nullable ChannelHandlerContext ctx;
  private EndRecorder recorder = EndRecorder.bare();
  private @Nullable ByteBuf preface;
  private @Nullable Future<?> silence;
  private @Nullable Throwable cause;
  private long connectNanos;
  private long handshakeNanos;
  private boolean prefaceDue;
  private boolean hasSent;

  private Link(Flow flow, Owner owner) {
    this.flow = flow;
    this.owner = owner;
  }

  static Link frames(Flow flow, Owner owner) {
    Link link = new Link(flow, owner);
    link.preface = Unpooled.buffer(Preface.BYTES);
    link.prefaceDue = true;
    return link;
  }

  static Link stream(Flow flow, Owner owner) {
    return new Link(flow, owner);
  }

  @Override
  public CompletableFuture<Channel> connected() {
    return connected;
  }

  long connectNanos() {
    return connectNanos;
  }

  long handshakeNanos() {
    return handshakeNanos;
  }

  /** How the connection ended, once it has. */
  ConnectionEnd end() {
    return recorder.end();
  }

  /** The same, where more is known than the connection itself shows. */
  ConnectionEnd end(EndSign known) {
    return recorder.end(known);
  }

  boolean hasSent() {
    return hasSent;
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  /** What the flow knows of the peer at the beginning. */
  Peer firstPeer() {
    return preface == null ? Peer.PLAIN : Peer.UNKNOWN;
  }

  /** Sends what may be sent and the socket takes. */
  void send() {
    ChannelHandlerContext context = context();
    Channel channel = context.channel();
    long count = flow.sendable();
    while (count > 0 && channel.isWritable()) {
      ByteBuf out = context.alloc().directBuffer(capacity(count));
      if (prefaceDue) {
        prefaceDue = false;
        Preface.writeRequest(out);
      }
      hasSent = true;
      long first = flow.next();
      flow.write(out, count, BATCH_BYTES);
      flow.left(first, context.executor().ticker().nanoTime());
      context.writeAndFlush(out, context.voidPromise());
      count = flow.sendable();
    }
  }

  /** Ends this side; the peer's end, or a short while, closes the connection. */
  void finish() {
    context().writeAndFlush(EndOfOutput.INSTANCE);
    context().executor().schedule(() -> close(), GRACE_MILLIS, TimeUnit.MILLISECONDS);
  }

  void close() {
    context().close();
  }

  /** Ends at once, for a reason that the connection itself does not show. */
  void close(EndSign why) {
    context().pipeline().fireUserEventTriggered(why);
    close();
  }

  private int capacity(long count) {
    int first = flow.nextBytes() + (prefaceDue ? Preface.BYTES : 0);
    return (int) Math.max(first, Math.min(BATCH_BYTES + (long) first, count * first));
  }

  private ChannelHandlerContext context() {
    if (ctx == null) {
      throw new IllegalStateException("not added to a pipeline");
    }
    return ctx;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    recorder = EndRecorder.of(context.pipeline());
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected.complete(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object received) {
    ByteBuf in = (ByteBuf) received;
    try {
      if (preface != null) {
        readPreface(preface, in);
      }
      if (in.isReadable()) {
        flow.received(in, context.executor().ticker().nanoTime());
      }
    } finally {
      in.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    if (silence != null) {
      silence.cancel(false);
      silence = null;
    }
    if (flow.follower().isInspecting()) {
      silence = context.executor().schedule(this::silent, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
    owner.readComplete(this);
  }

  private void silent() {
    silence = null;
    flow.silent();
    owner.readComplete(this);
  }

  private void readPreface(ByteBuf begun, ByteBuf in) {
    begun.writeBytes(in, Math.min(in.readableBytes(), begun.writableBytes()));
    int agreed = Preface.matchingBytes(begun);
    if (agreed < begun.readableBytes()
        && !(begun.readableBytes() == Preface.BYTES && Preface.isAnswer(begun.getLong(0)))) {
      notEcho(begun, in, agreed);
    } else if (begun.readableBytes() == Preface.BYTES) {
      preface = null;
      flow.follower().peer(agreed == Preface.BYTES ? Peer.PLAIN : Peer.AWARE);
    }
  }

  private void notEcho(ByteBuf begun, ByteBuf in, int agreed) {
    ByteBuf all = Unpooled.wrappedBuffer(begun.duplicate(), in.duplicate());
    byte[] first = new byte[Math.min(all.readableBytes(), SHOWN_BYTES)];
    all.readBytes(first);
    in.skipBytes(in.readableBytes());
    begun.clear();
    owner.notEcho(this, agreed, first);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable() && connected.isDone()) {
      send();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      owner.inputEnded(this);
    } else if (event instanceof Opened opened) {
      connectNanos = opened.connectNanos();
      handshakeNanos = opened.handshakeNanos();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    cause = thrown;
    context.close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (silence != null) {
      silence.cancel(false);
    }
    owner.closed(this, cause);
  }
}
