package dev.echo.client;

import dev.echo.client.UnreachableException.Reason;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopEnd;
import dev.echo.endpoint.LoopStage;
import dev.echo.frame.FrameType;
import dev.echo.frame.TruncatedFrameException;
import dev.echo.tls.TlsException;
import dev.echo.tls.TlsProblem;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What is said over one connection: messages out, their echoes back. The methods for callers may be
 * called by any thread and are done on the event loop, in order; those for events are called there.
 */
final class Conversation {
  private final ChannelHandlerContext ctx;
  private final Endpoint endpoint;
  private final Expectations expectations;
  private final Window window;
  private final Dialect dialect;
  private final Outgoing outgoing;
  private final ProgressWatch watch;
  private final Commands commands;
  private final Closing closing;

  /** Makes others of this connection. */
  private final LoopStage<Void> stages;

  Conversation(ChannelHandlerContext ctx, Endpoint endpoint, ClientConfig config) {
    this.ctx = ctx;
    this.endpoint = endpoint;
    stages = LoopStage.of(ctx.executor());
    expectations = new Expectations(ctx.executor().ticker()::nanoTime);
    window = new Window(config.windowBytes());
    dialect =
        switch (config.mode()) {
          case FRAMES -> new FramesDialect(config, expectations, this::written);
          case STREAM -> new StreamDialect(config, expectations, this::written);
        };
    outgoing = new Outgoing(dialect, window);
    closing = new Closing(ctx, config.grace(), expectations, outgoing);
    watch =
        new ProgressWatch(
            ctx.channel(),
            config.timeout(),
            expectations,
            () -> closing.fail(closing.stalled(config.timeout())));
    commands = new Commands(ctx.executor(), this::flush, this::loopOver);
    LoopEnd.watch(ctx.executor(), closing.ended(), this::loopOver);
  }

  // For callers.

  Peer peer() {
    return dialect.peer();
  }

  CompletableFuture<EchoSummary> ended() {
    return closing.ended();
  }

  CompletableFuture<EchoReply> send(FrameType type, ByteBuf payload) {
    Message message = Message.whole(type, stages.newIncompleteFuture());
    submit(
        message::fail,
        () -> {
          Throwable why = closing.refusal();
          if (why == null) {
            outgoing.send(ctx, message, payload);
          } else {
            message.fail(why);
            ReferenceCountUtil.safeRelease(payload);
          }
        });
    return message.reply();
  }

  Message open(FrameType type) {
    Message message = Message.streamed(type, stages.newIncompleteFuture(), window);
    submit(
        message::fail,
        () -> {
          Throwable why = closing.refusal();
          if (why == null) {
            outgoing.open(message);
          } else {
            message.fail(why);
          }
        });
    return message;
  }

  CompletableFuture<Void> piece(Message message, ByteBuf piece) {
    CompletableFuture<Void> room = stages.newIncompleteFuture();
    submit(
        why -> {
          message.fail(why);
          room.completeExceptionally(why);
        },
        () -> outgoing.piece(ctx, message, piece, room));
    return room;
  }

  void end(Message message) {
    submit(message::fail, () -> outgoing.end(ctx, message));
  }

  void finish() {
    commands.submit(closing::finish);
  }

  void close() {
    commands.submit(closing::closeNow);
  }

  // For events of the channel.

  void read(Object received) {
    if (closing.hasFailed()) {
      return;
    }
    try {
      dialect.read(received);
    } catch (RefusedException refused) {
      closing.endEarly(refused);
    } catch (EchoException why) {
      closing.fail(why);
    }
  }

  void readComplete() {
    expectations.moved();
    commands.run();
  }

  void inputEnded() {
    closing.inputEnded(closing.lost(null));
  }

  void caught(Throwable cause) {
    EchoException verdict = dialect.explain(cause);
    if (verdict != null) {
      closing.fail(verdict);
    } else if (cause instanceof TlsException tls
        && tls.problem() == TlsProblem.CLIENT_CERTIFICATE) {
      // In TLS 1.3 the server judges it after the handshake; there never was a connection.
      closing.fail(new UnreachableException(endpoint, Reason.TLS, cause));
    } else if (ViolationException.isViolation(cause)) {
      closing.fail(new ViolationException(cause, expectations.counts()));
    } else if (cause instanceof IOException || cause instanceof TruncatedFrameException) {
      closing.inputEnded(closing.lost(cause));
    } else {
      closing.failHere(cause);
    }
  }

  void inactive() {
    watch.stop();
    closing.closed(closing.lost(null));
    dialect.release();
  }

  /**
   * A loop that ends does not always tell of its channels. Another thread, after the last event.
   */
  private synchronized void loopOver() {
    if (!closing.ended().isDone()) {
      inactive();
    }
  }

  /** Does what is asked, and tells if it fails: buffers are the code of callers, too. */
  private void submit(Consumer<Throwable> failure, Runnable command) {
    commands.submit(
        () -> {
          try {
            command.run();
          } catch (Exception | LinkageError | AssertionError failed) {
            failure.accept(closing.failHere(failed));
          }
        });
  }

  private void flush() {
    if (closing.hasFailed()) {
      watch.stop();
      return;
    }
    if (expectations.flushing()) {
      ctx.flush();
      watch.arm();
    }
    closing.endOutputWhenFinished();
  }

  private void written(ChannelFuture write) {
    if (write.isSuccess()) {
      watch.wrote();
    } else if (!(write.cause() instanceof IOException)) {
      closing.failHere(write.cause());
    }
    // Else the peer is gone: what it sent before that is still to be read and says why.
  }
}
