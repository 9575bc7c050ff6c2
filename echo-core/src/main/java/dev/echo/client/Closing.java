package dev.echo.client;

import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.EndOfOutput;
import dev.echo.duplex.EndRecorder;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.LoopStage;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How one connection ends: in order, after the last echo, or at the first failure. Event loop only,
 * but for {@link #refusal()} and {@link #ended()}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What follows from a close is seen as an event.
final class Closing {
  private final ChannelHandlerContext ctx;
  private final long graceNanos;
  private final Expectations expectations;
  private final Outgoing outgoing;
  private final EndRecorder recorder;
  private final CompletableFuture<EchoSummary> ended;

  /** Read by other threads once the event loop has terminated. */
  private volatile @Nullable Throwable refusal;

  private @Nullable EchoException failure;
  private @Nullable Future<?> graceTimer;
  private boolean finishing;
  private boolean outputEnding;
  private boolean inputEnded;

  Closing(ChannelHandlerContext ctx, Duration grace, Expectations expectations, Outgoing outgoing) {
    this.ctx = ctx;
    this.graceNanos = TimeUnit.NANOSECONDS.convert(grace);
    this.expectations = expectations;
    this.outgoing = outgoing;
    recorder = EndRecorder.of(ctx.pipeline());
    ended = LoopStage.of(ctx.executor());
  }

  /** Completes when the channel is closed. */
  CompletableFuture<EchoSummary> ended() {
    return ended;
  }

  /** Why no new messages are taken, or null if they are. */
  @Nullable Throwable refusal() {
    return refusal;
  }

  /** What to fail with when the connection is lost, by what has been seen of its end. */
  ConnectionLostException lost(@Nullable Throwable cause) {
    return new ConnectionLostException(recorder.end(), expectations.counts(), cause);
  }

  /** What to fail with when this side gives up. */
  NoProgressException stalled(Duration timeout) {
    return new NoProgressException(
        timeout, recorder.end(EndSign.silence(timeout)), expectations.counts());
  }

  boolean hasFailed() {
    return failure != null;
  }

  /** Ends the connection in order once everything that was given has come back. */
  void finish() {
    finishing = true;
    refuse(new IllegalStateException("the connection was told to finish"));
  }

  void endOutputWhenFinished() {
    if (finishing && isSettled()) {
      endOutput();
    }
  }

  void closeNow() {
    if (ended.isDone()) {
      return;
    }
    if (isSettled()) {
      refuse(new IllegalStateException("the connection was closed"));
      ctx.close();
    } else {
      fail(lost(null));
    }
  }

  /** The peer will send no more. */
  void inputEnded(ConnectionLostException why) {
    inputEnded = true;
    endEarly(why);
  }

  /** The peer goes no further: a failure only if anything was still to come. */
  void endEarly(EchoException why) {
    why.ended(end(why));
    if (!isSettled()) {
      fail(why);
      return;
    }
    refuse(why);
    if (inputEnded && outputEnding) {
      ctx.close();
    } else {
      endOutput();
    }
  }

  /** Ends the connection at once, since something here has failed. */
  EchoException failHere(Throwable cause) {
    ConnectionEnd end = recorder.end(EndSign.closedHere(cause));
    EchoException why = new ConnectionLostException(end, expectations.counts(), cause);
    fail(why);
    return why;
  }

  /** Ends the connection at once. The first failure is the one that counts. */
  void fail(EchoException why) {
    if (failure != null || ended.isDone()) {
      return;
    }
    why.ended(end(why));
    failure = why;
    refusal = why;
    expectations.fail(why);
    outgoing.fail(why);
    ctx.close();
  }

  /** The channel is closed. */
  void closed(ConnectionLostException why) {
    if (!isSettled()) {
      fail(why);
    }
    refuse(why);
    if (graceTimer != null) {
      graceTimer.cancel(false);
    }
    if (failure == null) {
      ended.complete(expectations.summary());
    } else {
      ended.completeExceptionally(failure);
    }
  }

  private ConnectionEnd end(EchoException why) {
    if (why instanceof RefusedException refused) {
      return recorder.end(EndSign.error(refused.error().code(), refused.error().sentence()));
    }
    return why instanceof ViolationException broken
        ? recorder.end(EndSign.violation(broken.violation()))
        : recorder.end();
  }

  private boolean isSettled() {
    return expectations.isEmpty() && outgoing.isIdle();
  }

  private void refuse(Throwable why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** Finishes this side, behind all that has been written. */
  private void endOutput() {
    if (!outputEnding && !ended.isDone()) {
      outputEnding = true;
      ctx.writeAndFlush(EndOfOutput.INSTANCE).addListener(this::outputEnded);
    }
  }

  private void outputEnded(Future<?> finished) {
    if (inputEnded || !finished.isSuccess()) {
      ctx.close();
    } else {
      graceTimer = ctx.executor().schedule(() -> ctx.close(), graceNanos, TimeUnit.NANOSECONDS);
    }
  }
}
