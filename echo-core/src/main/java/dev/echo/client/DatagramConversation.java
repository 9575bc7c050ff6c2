package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.duplex.SystemFailure;
import dev.echo.endpoint.LoopEnd;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.frame.Challenge;
import dev.echo.frame.DatagramFrame;
import dev.echo.frame.FrameType;
import dev.echo.frame.Preface;
import dev.echo.frame.Stamp;
import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a UDP client: sends, verifies what comes back, answers challenges, and sees
 * what does not come. Nothing is sent again but what a challenge had held up.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a write comes to is seen in its listener.
final class DatagramConversation extends ChannelInboundHandlerAdapter {
  private static final int SHOWN_BYTES = 16;
  private static final long CHALLENGE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final UdpEndpoint endpoint;
  private final ClientConfig config;
  private final long timeoutNanos;
  private final DatagramLedger ledger;
  private final Deque<SentDatagram> underWay = new ArrayDeque<>();
  private final CompletableFuture<Channel> connected = new CompletableFuture<>();
  private final CompletableFuture<DatagramCounts> ended = new CompletableFuture<>();
  private @Nullable Channel channel;
  private @Nullable Future<?> timer;
  private volatile @Nullable DatagramException firstWrong;
  private boolean challenged;
  private long challengedNanos;

  DatagramConversation(UdpEndpoint endpoint, ClientConfig config) {
    this.endpoint = endpoint;
    this.config = config;
    timeoutNanos = config.timeout().toNanos();
    ledger = new DatagramLedger(config.mode());
  }

  /** Completes when the socket can be used. */
  CompletableFuture<Channel> connected() {
    return connected;
  }

  CompletableFuture<DatagramCounts> ended() {
    return ended;
  }

  DatagramCounts counts() {
    return ledger.counts();
  }

  Peer peer() {
    return ledger.peer();
  }

  @Nullable DatagramException firstWrong() {
    return firstWrong;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    channel = ctx.channel();
    LoopEnd.watch(ctx.executor(), ended, this::close);
    connected.complete(ctx.channel());
    ctx.fireChannelActive();
  }

  /** Sends one message; the payload is taken over. The reply completes, whatever happens. */
  void send(FrameType type, ByteBuf payload, CompletableFuture<EchoReply> reply) {
    if (channel == null || !channel.isActive()) {
      refuse(payload, reply);
      return;
    }
    if (payload.refCnt() == 0) {
      reply.completeExceptionally(
          new IllegalArgumentException(
              "the buffer was released before it was sent (expected: one that is still held)"));
      return;
    }
    try {
      SentDatagram datagram = ledger.send(type, payload, reply);
      underWay.add(datagram);
      datagram.sentNanos = System.nanoTime();
      schedule();
      write(channel, datagram);
    } catch (RuntimeException | LinkageError | AssertionError thrown) {
      // By the buffer, which is the code of a caller.
      DatagramException why = notSent("cannot send: the buffer cannot be read", thrown);
      reply.completeExceptionally(why);
      fail(why);
    }
  }

  /** Does not send one message: the socket is closed. On any thread. */
  void refuse(ByteBuf payload, CompletableFuture<EchoReply> reply) {
    reply.completeExceptionally(notSent("the socket is closed", null));
    ReferenceCountUtil.safeRelease(payload);
  }

  private DatagramException notSent(String why, @Nullable Throwable cause) {
    return new DatagramException(DatagramException.Kind.NOT_SENT, why, ledger.progress(), cause);
  }

  private void write(Channel to, SentDatagram datagram) {
    ByteBuf out =
        config.mode() == ClientMode.FRAMES
            ? frame(to, datagram)
            : datagram.payload.retainedDuplicate();
    to.writeAndFlush(out).addListener((ChannelFuture written) -> written(datagram, written));
  }

  /** One buffer: a channel would copy a composite one by itself. */
  private static ByteBuf frame(Channel to, SentDatagram datagram) {
    ByteBuf payload = datagram.payload.duplicate();
    int bytes = payload.readableBytes();
    ByteBuf frame = to.alloc().directBuffer(DatagramFrame.STAMPED_OVERHEAD + bytes);
    try {
      DatagramFrame.writeRequest(frame, datagram.type, datagram.sequence, bytes);
      return frame.writeBytes(payload);
    } catch (RuntimeException thrown) {
      frame.release();
      throw thrown;
    }
  }

  private void written(SentDatagram datagram, ChannelFuture written) {
    Throwable cause = written.cause();
    if (cause == null) {
      return;
    }
    if (isRefused(cause)) {
      refused(cause);
    } else if (datagram.state == SentDatagram.State.OPEN) {
      underWay.remove(datagram);
      ledger.lost(datagram);
      datagram.reply.completeExceptionally(
          notSent("cannot send: " + SystemFailure.words(cause), cause));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (msg instanceof DatagramPacket packet && !ended.isDone()) {
        read(ctx, packet.content());
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void read(ChannelHandlerContext ctx, ByteBuf content) {
    if (Challenge.isChallenge(content)) {
      answer(ctx, Challenge.cookie(content));
    } else if (challenged && Challenge.isResponse(content)) {
      challenged = false;
      for (SentDatagram each : List.copyOf(underWay)) {
        if (!ended.isDone()) {
          write(ctx.channel(), each);
        }
      }
    } else {
      arrived(content);
    }
  }

  /** A server asks for each datagram that comes before the answer; one answer is enough. */
  private void answer(ChannelHandlerContext ctx, long cookie) {
    long now = System.nanoTime();
    if (challenged && now - challengedNanos < CHALLENGE_PAUSE_NANOS) {
      return;
    }
    challenged = true;
    challengedNanos = now;
    ByteBuf response = ctx.alloc().directBuffer(Challenge.BYTES);
    Challenge.writeResponse(response, cookie);
    ctx.writeAndFlush(response);
  }

  private void arrived(ByteBuf content) {
    long now = System.nanoTime();
    long damagedBefore = ledger.damaged();
    SentDatagram own = ledger.arrived(content);
    DatagramException wrong = ledger.damaged() == damagedBefore ? null : wrong(content, own);
    if (wrong != null && firstWrong == null) {
      firstWrong = wrong;
    }
    if (own == null) {
      return;
    }
    underWay.remove(own);
    if (wrong != null) {
      own.reply.completeExceptionally(wrong);
    } else {
      show(own);
      own.reply.complete(
          new EchoReply(
              own.type,
              own.payload.readableBytes(),
              now - own.sentNanos,
              config.mode() == ClientMode.FRAMES
                  ? Stamp.read(content, DatagramFrame.stampIndex(content))
                  : null));
    }
  }

  /** What a listener throws ends the socket, as it ends a connection. */
  private void show(SentDatagram own) {
    try {
      Replies.show(own.payload, config.replies());
    } catch (RuntimeException | LinkageError | AssertionError thrown) {
      DatagramException why =
          new DatagramException(
              DatagramException.Kind.LOST,
              "the socket was closed, since the reply listener failed",
              ledger.progress(),
              thrown);
      own.reply.completeExceptionally(why);
      fail(why);
    }
  }

  private DatagramException wrong(ByteBuf content, @Nullable SentDatagram own) {
    int shown = Math.min(SHOWN_BYTES, content.readableBytes());
    String bytes = ByteBufUtil.hexDump(content, content.readerIndex(), shown);
    Finding finding =
        own == null || own.finding == null ? Finding.surplus(content.readableBytes()) : own.finding;
    String sentence =
        finding.sentence(own == null ? "a datagram" : "message " + (own.sequence + 1))
            + " ("
            + content.readableBytes()
            + " bytes: "
            + (shown == 0 ? "none" : bytes)
            + (shown < content.readableBytes() ? "..." : "")
            + ")";
    return new DatagramException(finding, sentence, ledger.progress());
  }

  private void schedule() {
    SentDatagram oldest = underWay.peek();
    if (timer != null || oldest == null || channel == null) {
      return;
    }
    long waitNanos = Math.max(0, oldest.sentNanos + timeoutNanos - System.nanoTime());
    timer = channel.eventLoop().schedule(this::expire, waitNanos, TimeUnit.NANOSECONDS);
  }

  private void expire() {
    timer = null;
    long now = System.nanoTime();
    for (SentDatagram oldest = underWay.peek();
        oldest != null && oldest.sentNanos + timeoutNanos - now <= 0;
        oldest = underWay.peek()) {
      lost(underWay.remove());
    }
    schedule();
  }

  private void lost(SentDatagram datagram) {
    ledger.lost(datagram);
    DatagramException why = DatagramException.lost(datagram.sequence + 1, ledger.progress());
    datagram.lostBy = why;
    datagram.reply.completeExceptionally(why);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (isRefused(cause)) {
      refused(cause);
    } else {
      fail(cause);
    }
  }

  private static boolean isRefused(Throwable cause) {
    return SystemFailure.of(cause) == SystemFailure.ECONNREFUSED;
  }

  private void refused(Throwable cause) {
    fail(new UnreachableException(endpoint, Reason.REFUSED, cause));
  }

  private void fail(Throwable cause) {
    if (!ended.isDone()) {
      for (SentDatagram each : underWay) {
        ledger.lost(each);
        each.reply.completeExceptionally(cause);
      }
      underWay.clear();
      ended.completeExceptionally(cause);
      letGo();
    }
  }

  /** Counts what is under way as lost, and closes the socket. */
  synchronized void close() {
    if (ended.isDone()) {
      return;
    }
    while (!underWay.isEmpty()) {
      lost(underWay.remove());
    }
    ended.complete(ledger.counts());
    letGo();
  }

  /** Now, since the event loop may be over before a channel says that it is inactive. */
  private void letGo() {
    ledger.close();
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close();
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Says whether data would be taken for a frame by a server. */
  static void checkPreface(ClientConfig config, ByteBuf payload) {
    if (config.mode() == ClientMode.STREAM
        && config.prefaceData() == PrefaceData.REFUSE
        && (DatagramFrame.isFromServer(payload)
            || (payload.readableBytes() >= Preface.BYTES
                && Preface.isRequest(payload.getLong(payload.readerIndex()))))) {
      throw new IllegalArgumentException(
          "data begins with the preface of frames mode, which a server may take for frames");
    }
  }
}
