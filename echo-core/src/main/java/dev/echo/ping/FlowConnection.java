package dev.echo.ping;

import dev.echo.client.EchoException;
import dev.echo.client.UnreachableException;
import dev.echo.duplex.ConnectionEnd;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection up: makes it again when it is lost, after a pause that grows to a second until
 * a ping has come back. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a stage brings is seen in its callback.
final class FlowConnection {
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int flow;
  private final EventLoop loop;
  private final Supplier<CompletionStage<PingClient>> dial;
  private final FlowTally tally;
  private final Telling telling;
  private final BooleanSupplier isNeeded;
  private @Nullable Runnable settled;
  private @Nullable PingClient client;
  private @Nullable Future<?> retry;
  private @Nullable CompletionStage<PingClient> dialling;
  private @Nullable PingConnection unproven;
  private CompletableFuture<Void> attempted = CompletableFuture.completedFuture(null);
  private String told = "";
  private long pauseNanos = FIRST_PAUSE_NANOS;
  private boolean closed;

  FlowConnection(
      int flow,
      EventLoop loop,
      Supplier<CompletionStage<PingClient>> dial,
      FlowTally tally,
      Telling telling,
      BooleanSupplier isNeeded) {
    this.flow = flow;
    this.loop = loop;
    this.dial = dial;
    this.tally = tally;
    this.telling = telling;
    this.isNeeded = isNeeded;
  }

  /** Makes it, and says when the first attempt has succeeded or failed. */
  void open(Runnable then) {
    settled = then;
    tally.trying();
    attempt();
  }

  /** What to send over, or null if there is no connection now. */
  @Nullable PingClient client() {
    return client;
  }

  /** A ping has come back over it. */
  void proven() {
    told = "";
    pauseNanos = FIRST_PAUSE_NANOS;
    PingConnection again = unproven;
    unproven = null;
    if (again != null) {
      telling.tell(listener -> listener.connected(again));
    }
  }

  /**
   * Something that was sent over a connection failed, and the connection with it. What this side
   * closed is no trouble: the pings that it did not wait for were told.
   */
  void lost(PingClient which, Throwable why) {
    if (client == which) {
      client = null;
      if (!FlowTally.isOwnDoing(why)) {
        down(why);
      }
    }
  }

  /**
   * Makes no more of them, and gives up the one in the making. One that is there is the caller's.
   */
  void close() {
    closed = true;
    if (dialling != null) {
      dialling.toCompletableFuture().cancel(false);
    }
    if (retry != null) {
      retry.cancel(false);
    }
  }

  /** Completes when no connection is being made any more: until then the event loop is needed. */
  CompletableFuture<Void> attempted() {
    return attempted;
  }

  private void attempt() {
    retry = null;
    attempted = new CompletableFuture<>();
    CompletionStage<PingClient> attempt = dial.get();
    dialling = attempt;
    attempt.whenComplete((made, why) -> loop.execute(() -> dialled(made, why)));
  }

  private void dialled(@Nullable PingClient made, @Nullable Throwable why) {
    dialling = null;
    if (closed && made != null) {
      made.close().whenComplete((over, none) -> attempted.complete(null));
      return;
    }
    attempted.complete(null);
    if (closed) {
      return;
    }
    if (made != null) {
      up(made);
    } else if (why != null) {
      down(why);
    }
    Runnable first = settled;
    settled = null;
    if (first != null) {
      first.run();
    }
  }

  private void up(PingClient made) {
    client = made;
    PingConnection connection =
        new PingConnection(
            flow,
            Instant.now(),
            made.localAddress(),
            made.remoteAddress(),
            made.connectTime(),
            made.handshakeTime(),
            tally.made(made.localAddress()));
    if (connection.attempt() == 1) {
      telling.tell(listener -> listener.connected(connection));
    } else {
      unproven = connection;
    }
    made.account().thenAccept(tally::account);
    made.ended().whenComplete((summary, why) -> loop.execute(() -> ended(made, why)));
  }

  /**
   * An end while nothing was outstanding is no failure of the client's; asking once more names it.
   */
  private void ended(PingClient which, @Nullable Throwable why) {
    if (why != null) {
      lost(which, why);
    } else if (client == which && !closed) {
      which.echo(Unpooled.EMPTY_BUFFER).whenComplete((none, end) -> lost(which, end));
    }
  }

  /** One that ends after a while is told each time: it cannot be told too often. */
  private static boolean hasLasted(Throwable why) {
    return why instanceof EchoException lost
        && lost.end()
            .filter(end -> end.afterConnect().toNanos() >= LONGEST_PAUSE_NANOS)
            .isPresent();
  }

  /** Another kind of trouble than the last one is told: another reason, or another end. */
  private static String kind(Throwable why) {
    String type = why.getClass().getName();
    return why instanceof UnreachableException unreachable
        ? unreachable.reason().toString()
        : why instanceof EchoException lost
            ? type + lost.end().map(ConnectionEnd::who).orElse("")
            : type;
  }

  private void down(Throwable why) {
    tally.failed(why);
    boolean isMadeAgain = !closed && isNeeded.getAsBoolean();
    String kind = kind(why);
    if (!kind.equals(told) || hasLasted(why)) {
      told = kind;
      PingTrouble trouble = new PingTrouble(flow, Instant.now(), why, isMadeAgain);
      telling.tell(listener -> listener.trouble(trouble));
    }
    if (isMadeAgain) {
      retry = loop.schedule(this::attempt, pauseNanos, TimeUnit.NANOSECONDS);
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    }
  }
}
