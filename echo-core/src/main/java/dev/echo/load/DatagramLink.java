package dev.echo.load;

import dev.echo.client.BareConnection;
import dev.echo.frame.Challenge;
import dev.echo.payload.DatagramFollower;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One UDP socket that carries a flow: sends what may be sent, each message in a datagram of its
 * own, shows the flow what came, and answers a server's challenge. Nothing is sent again but what a
 * challenge had held up. Last of the handlers; not sharable.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a write is seen as an event.
final class DatagramLink extends ChannelInboundHandlerAdapter implements BareConnection.Tail {
  /** Who has the socket. Called on the event loop. */
  interface Owner {
    /** A batch of reads is over; what may be sent changed. */
    void readComplete();

    /** Something could not be sent, or a router or host says that it was not delivered. */
    void refused(Throwable cause);
  }

  /** So many are handed to the system with one call. */
  private static final int BATCH = 64;

  private static final long CHALLENGE_PAUSE_MILLIS = 200;

  private final DatagramFlow flow;
  private final Owner owner;
  private final CompletableFuture<Channel> connected = new CompletableFuture<>();
  private @Nullable ChannelHandlerContext ctx;

  /** From a challenge until the server takes its answer, or until it may be asked again. */
  private boolean isHeld;

  private boolean hasAnswered;

  DatagramLink(DatagramFlow flow, Owner owner) {
    this.flow = flow;
    this.owner = owner;
  }

  @Override
  public CompletableFuture<Channel> connected() {
    return connected;
  }

  boolean isWritable() {
    return !isHeld && context().channel().isWritable();
  }

  /** Sends what may be sent and the socket takes. */
  void send() {
    ChannelHandlerContext context = context();
    // Writing may call it again, so what may be sent is asked for each time.
    while (isWritable() && flow.sendable() > 0) {
      for (int i = 0; i < BATCH && isWritable() && flow.sendable() > 0; i++) {
        ByteBuf out = context.alloc().directBuffer(flow.follower().nextBytes());
        flow.send(out, context.executor().ticker().nanoTime());
        context.write(out, context.voidPromise());
      }
      context.flush();
    }
  }

  void close() {
    context().close();
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
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected.complete(context.channel());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object received) {
    DatagramPacket packet = (DatagramPacket) received;
    try {
      ByteBuf in = packet.content();
      if (Challenge.isChallenge(in)) {
        answer(context, Challenge.cookie(in));
      } else if (hasAnswered && Challenge.isResponse(in)) {
        sendAgain(context);
      } else {
        flow.received(in, context.executor().ticker().nanoTime());
      }
    } finally {
      packet.release();
    }
  }

  /** A server asks for each datagram that comes before the answer; one answer is enough. */
  private void answer(ChannelHandlerContext context, long cookie) {
    if (isHeld) {
      return;
    }
    isHeld = true;
    hasAnswered = true;
    ByteBuf response = context.alloc().directBuffer(Challenge.BYTES);
    Challenge.writeResponse(response, cookie);
    context.writeAndFlush(response, context.voidPromise());
    context.executor().schedule(this::goOn, CHALLENGE_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void goOn() {
    isHeld = false;
    owner.readComplete();
  }

  private void sendAgain(ChannelHandlerContext context) {
    DatagramFollower follower = flow.follower();
    for (long each = follower.oldestOpen(); each < follower.next(); each++) {
      if (follower.isOpen(each)) {
        ByteBuf out = context.alloc().directBuffer();
        follower.write(out, each);
        context.write(out, context.voidPromise());
      }
    }
    context.flush();
    goOn();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    owner.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (context.channel().isWritable() && connected.isDone()) {
      owner.readComplete();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable thrown) {
    owner.refused(thrown);
  }
}
