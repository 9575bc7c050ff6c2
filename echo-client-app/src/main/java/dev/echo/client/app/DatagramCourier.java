package dev.echo.client.app;

import dev.echo.client.DatagramClient;
import dev.echo.client.EchoReply;
import dev.echo.client.app.message.Feed;
import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.Pieces;
import dev.echo.client.app.message.Supply;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes everything that is to be sent over one UDP socket: each message is a datagram, sent when
 * the one before has come back, or after a second. It goes at its own pace, as {@link Courier}
 * does.
 */
final class DatagramCourier {
  /**
   * What all couriers of a run share.
   *
   * @param opener opens a socket
   * @param patience how long a server may take until it is there
   * @param supply what is sent
   * @param maxBytes what a datagram holds
   * @param telling where it is told what became of it
   * @param workers do the work
   */
  record Errand(
      Supplier<CompletableFuture<DatagramClient>> opener,
      Patience patience,
      Supply supply,
      int maxBytes,
      Telling telling,
      Executor workers) {}

  /** Long enough for an echo that comes; one that does not holds up no other. */
  private static final long PAUSE_MILLIS = 1000;

  private enum State {
    OPENING,
    READY,
    READING,
    PAUSING,
    SETTLING,
    FINISHING,
    OVER
  }

  private final int number;
  private final Errand errand;
  private final Wakeups wakeups;
  private final Feed feed;
  private final DatagramMessages messages;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile boolean stopped;

  // Of the one worker that has been woken.
  private State state = State.OPENING;
  private CompletableFuture<DatagramClient> opening = new CompletableFuture<>();
  private @Nullable DatagramFlight flight;
  private @Nullable Pieces pieces;
  private FrameType type = FrameType.BINARY;
  private byte[] message = {};
  private CompletableFuture<EchoReply> newest = new CompletableFuture<>();
  private CompletableFuture<Void> pause = new CompletableFuture<>();
  private long sent;
  private boolean proved;

  DatagramCourier(int number, Errand errand) {
    this.number = number;
    this.errand = errand;
    wakeups = new Wakeups(errand.workers(), this::go, () -> over.complete(null));
    feed = errand.supply().feed(wakeups::wake);
    messages = new DatagramMessages(errand.maxBytes());
  }

  /** Sets out. */
  void start() {
    opening = errand.opener().get();
    wakeups.when(opening);
  }

  /** Completes when all has been told. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Ends it: what has not come back by now is not waited for. For any thread. */
  void stop() {
    stopped = true;
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
      errand.telling().unusable(Failure.usage(String.valueOf(e.getMessage())));
      end();
    } catch (Exception | OutOfMemoryError e) {
      errand.telling().failed(number, e);
      end();
    }
  }

  /** Goes one step, and says whether another one can be gone at once. */
  private boolean advance() throws IOException, InterruptedException {
    if (stopped && state != State.OVER) {
      if (flight != null) {
        flight.tellWhatCame();
      }
      return end();
    }
    return switch (state) {
      case OPENING -> opening.isDone() && open();
      case READY -> begin(flight());
      case READING -> read();
      case PAUSING -> pause(flight());
      case SETTLING -> settle(flight());
      case FINISHING -> flight().ended().isDone() && end();
      case OVER -> false;
    };
  }

  private boolean open() {
    try {
      DatagramFlight opened = new DatagramFlight(number, opening.join(), errand.telling());
      flight = opened;
      errand.telling().tally().connected();
      wakeups.when(opened.ended());
      state = State.READY;
      if (sent > 0) {
        send(opened);
      }
      return true;
    } catch (CompletionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      if (mayRepeat() && errand.patience().allowsAnother(why)) {
        openAgain();
        return false;
      }
      errand.telling().unreachable(why);
      return end();
    }
  }

  private void openAgain() {
    state = State.OPENING;
    opening =
        CompletableFuture.supplyAsync(
                errand.opener(),
                CompletableFuture.delayedExecutor(Patience.PAUSE_NANOS, TimeUnit.NANOSECONDS))
            .thenCompose(attempt -> attempt);
    wakeups.when(opening);
  }

  private boolean begin(DatagramFlight current) throws IOException {
    if (current.ended().isDone()) {
      state = State.SETTLING;
      return true;
    }
    if (!current.room().isDone()) {
      wakeups.when(current.room());
      return false;
    }
    Feed.Next next = feed.look();
    if (next == Feed.Next.END) {
      state = State.SETTLING;
    } else if (next == Feed.Next.MESSAGE) {
      Message taken = feed.take();
      type = taken.type();
      pieces = taken.open();
      state = State.READING;
    }
    return next != Feed.Next.LATER;
  }

  private boolean read() throws IOException {
    Pieces open = pieces;
    if (open == null || !feed.isPieceReady()) {
      return false;
    }
    ByteBuf piece = open.next();
    if (piece != null) {
      messages.add(piece);
      return true;
    }
    open.close();
    message = messages.take();
    sent++;
    send(flight());
    return true;
  }

  private void send(DatagramFlight current) {
    newest = current.send(sent, type, message);
    pause =
        new CompletableFuture<Void>().completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    wakeups.when(newest);
    wakeups.when(pause);
    state = State.PAUSING;
  }

  private boolean pause(DatagramFlight current) throws InterruptedException {
    if (!newest.isDone() && !pause.isDone()) {
      return false;
    }
    Throwable why = newest.isDone() ? Stages.failure(newest) : null;
    proved |= newest.isDone() && why == null;
    if (mayRepeat()
        && (why == null
            ? errand.patience().allowsAnotherAfterSilence()
            : errand.patience().allowsAnother(why))) {
      current.abandon();
      openAgain();
      return false;
    }
    proved = true;
    current.tellWhatCame();
    state = State.READY;
    return true;
  }

  /** Says whether what was sent may be sent again: until something came back. */
  private boolean mayRepeat() {
    return !proved && errand.patience().isAny();
  }

  private boolean settle(DatagramFlight current) throws InterruptedException {
    current.tellWhatCame();
    CompletableFuture<EchoReply> oldest = current.oldest();
    if (oldest != null) {
      wakeups.when(oldest);
      return false;
    }
    current.finish();
    state = State.FINISHING;
    return true;
  }

  private boolean end() {
    state = State.OVER;
    try {
      feed.close();
      if (pieces != null) {
        pieces.close();
      }
    } catch (IOException e) {
      // What was read was read; nothing more is wanted.
    }
    try {
      if (flight != null) {
        flight.close();
      } else {
        opening.thenAccept(DatagramClient::close);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    over.complete(null);
    return false;
  }

  private DatagramFlight flight() {
    if (flight == null) {
      throw new IllegalStateException("not open");
    }
    return flight;
  }
}
