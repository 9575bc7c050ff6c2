package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.client.app.message.Feed;
import dev.echo.text.ExitStatus;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes everything that is to be sent over one connection: connects, sends each message when the
 * one before has come back, finishes. It goes at its own pace: it never waits on a thread, but is
 * woken when something that it waits for has happened, and then goes as far as it can.
 */
final class Courier {
  private enum State {
    CONNECTING,
    READY,
    SENDING,
    AWAITING,
    FINISHING,
    OVER
  }

  private final int number;
  private final Telling telling;
  private final Replies replies;
  private final Wakeups wakeups;
  private final Attempts attempts;
  private final Feed feed;
  private final CompletableFuture<Void> dialed = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  // Of the one worker that has been woken.
  private State state = State.CONNECTING;
  private @Nullable Delivery delivery;
  private long delivered;

  Courier(int number, Errand errand) {
    this.number = number;
    telling = errand.telling();
    replies = telling.replies(number);
    wakeups = new Wakeups(errand.workers(), this::go, () -> over.complete(null));
    attempts = new Attempts(number, errand, replies, wakeups);
    feed = errand.supply().feed(wakeups::wake);
  }

  /** Sets out. */
  void start() {
    attempts.begin();
  }

  /** Completes when it is known whether the connection could be made. */
  CompletableFuture<Void> dialed() {
    return dialed;
  }

  /** Completes when it is back, and all has been told. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Ends it. What fails by that is not told of. For any thread. */
  void stop() {
    attempts.stop();
    wakeups.wake();
  }

  @SuppressWarnings("CatchingUnchecked") // the one place that answers for the worker
  private void go() {
    try {
      while (advance()) {
        // Until there is something to wait for.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end();
    } catch (IOException e) {
      telling.unusable(Failure.usage(String.valueOf(e.getMessage())));
      end();
    } catch (Exception | OutOfMemoryError e) {
      telling.failed(number, e);
      end();
    }
  }

  /** Goes one step, and says whether another one can be gone at once. */
  private boolean advance() throws IOException, InterruptedException {
    if (attempts.isStopped()) {
      return halt();
    }
    return switch (state) {
      case CONNECTING -> attempts.isDecided() && connected();
      case READY -> begin();
      case SENDING -> send(delivery());
      case AWAITING -> await(delivery());
      case FINISHING -> connection().over().isDone() && over(connection().failure());
      case OVER -> false;
    };
  }

  private boolean connected() {
    Throwable why = attempts.failure();
    if (why != null) {
      if (!attempts.makeAnother(why)) {
        telling.unreachable(why);
        end();
      }
      return false;
    }
    wakeups.when(connection().over());
    telling.tally().connected();
    if (!attempts.mayRepeat()) {
      dialed.complete(null);
    }
    state = State.READY;
    if (delivery != null) {
      delivery.again(connection());
      telling.tally().sending(delivery.number());
      watch(delivery);
    }
    return true;
  }

  private boolean begin() throws IOException {
    if (connection().over().isDone()) {
      return lost(connection().failure());
    }
    if (isOutputFull()) {
      return false;
    }
    Feed.Next next = feed.look();
    if (next == Feed.Next.END) {
      connection().client().finish();
      state = State.FINISHING;
    } else if (next == Feed.Next.MESSAGE) {
      delivered++;
      delivery =
          attempts.mayRepeat()
              ? Delivery.repeatable(delivered, feed.take(), connection())
              : Delivery.once(delivered, feed.take(), connection());
      telling.tally().sending(delivered);
      state = State.SENDING;
    }
    return next != Feed.Next.LATER;
  }

  private boolean send(Delivery current) throws IOException {
    if (!attempts.mayRepeat()) {
      current.settle();
      dialed.complete(null);
    }
    if (connection().over().isDone() || current.room().isCompletedExceptionally()) {
      current.end();
    } else if (!current.room().isDone() || isOutputFull() || !feed.isPieceReady()) {
      return false;
    } else {
      if (feed.wasHeldUp()) {
        current.heldUp();
      }
      current.next();
    }
    watch(current);
    return true;
  }

  private boolean await(Delivery current) throws IOException, InterruptedException {
    CompletableFuture<EchoReply> reply = current.reply();
    if (reply == null || !reply.isDone()) {
      return false;
    }
    Throwable why = Stages.failure(reply);
    if (why != null) {
      return undelivered(current, why);
    }
    if (telling.proves(reply.join())) {
      attempts.prove();
      dialed.complete(null);
    }
    current.close();
    delivery = null;
    state = State.READY;
    Echo echo =
        Echo.of(number, current.number(), reply.join(), connection().timesOnce(reply.join()));
    telling.echoed(replies, current.wasHeldUp() ? echo.withoutTime() : echo);
    return true;
  }

  private boolean undelivered(Delivery current, Throwable why) {
    if (attempts.makeAnother(why)) {
      telling.tally().withdrawnMessage();
      state = State.CONNECTING;
      return false;
    }
    Echo echo = current.lost(number, telling.failure(number, why));
    if (attempts.isOwnDoing(why)) {
      telling.tally().lost(echo);
    } else {
      telling.lost(echo);
    }
    return over(why);
  }

  /** The connection has ended while no message was on its way. */
  private boolean lost(@Nullable Throwable why) {
    if (attempts.makeAnother(why)) {
      telling.tally().withdrawn();
      state = State.CONNECTING;
      return false;
    }
    if (why == null && !attempts.isOwnDoing(null)) {
      telling.failed(
          new Failure(
              ExitStatus.INCOMPLETE,
              number,
              "the server closed the connection before everything was sent",
              List.of()));
    }
    return over(why);
  }

  private boolean over(@Nullable Throwable why) {
    if (why != null) {
      attempts.tell(why);
    }
    end();
    return false;
  }

  /** Goes no further than to what has happened already. */
  private boolean halt() throws IOException, InterruptedException {
    switch (state) {
      case CONNECTING -> end();
      case SENDING -> {
        delivery().end();
        watch(delivery());
        return true;
      }
      case AWAITING -> {
        attempts.close();
        return await(delivery());
      }
      case READY, FINISHING -> over(connection().failure());
      case OVER -> {
        return false;
      }
    }
    return false;
  }

  private boolean isOutputFull() {
    CompletableFuture<Void> room = replies.room();
    if (room.isDone()) {
      return false;
    }
    wakeups.when(room);
    return true;
  }

  /** Waits for what comes next of a message: room for more of it, or its echo. */
  private void watch(Delivery current) {
    CompletableFuture<EchoReply> reply = current.reply();
    state = reply == null ? State.SENDING : State.AWAITING;
    CompletableFuture<?> next = reply == null ? current.room() : reply;
    if (!next.isDone()) {
      wakeups.when(next);
    }
  }

  private void end() {
    state = State.OVER;
    try {
      feed.close();
      if (delivery != null) {
        delivery.close();
      }
    } catch (IOException e) {
      // What was read was read; nothing more is wanted.
    }
    attempts.close();
    dialed.complete(null);
    over.complete(null);
  }

  private Connection connection() {
    return attempts.connection();
  }

  private Delivery delivery() {
    if (delivery == null) {
      throw new IllegalStateException("nothing is on its way");
    }
    return delivery;
  }
}
