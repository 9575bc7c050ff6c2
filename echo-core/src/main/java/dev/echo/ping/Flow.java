package dev.echo.ping;

import dev.echo.client.DatagramException;
import dev.echo.client.EchoException;
import dev.echo.client.EchoReply;
import dev.echo.client.UnreachableException;
import dev.echo.ping.PingMiss.Reason;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One flow: sends a ping whenever one is due, whatever is outstanding, over whatever connection
 * there is, and counts what becomes of it. Event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a stage brings is seen in its callback.
final class Flow {
  /** What all flows together may have under way. */
  private static final long MAX_UNDER_WAY_BYTES = 64L << 20;

  private static final int MAX_UNDER_WAY = 65_536;
  private static final long SHORTEST_LAST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int number;
  private final EventLoop loop;
  private final Telling telling;
  private final FlowTally tally;
  private final FlowConnection connection;
  private final PingSchedule schedule;
  private final Payloads payloads;
  private final long maxUnderWay;
  private final long timeoutNanos;
  private final Deque<Ping> underWay = new ArrayDeque<>();
  private final CompletableFuture<FlowResult> ended = new CompletableFuture<>();
  private @Nullable PingClient counted;
  private long indexes;
  private int open;
  private boolean ending;

  Flow(
      int number,
      PingPlan plan,
      EventLoop loop,
      Supplier<CompletionStage<PingClient>> dial,
      Telling telling) {
    this.number = number;
    this.loop = loop;
    this.telling = telling;
    tally = new FlowTally(plan.endpoint());
    schedule = new PingSchedule(plan, loop, past -> send(past + 1), this::endIfDone);
    connection = new FlowConnection(number, loop, dial, tally, telling, schedule::goesOn);
    payloads = new Payloads(plan.payloadBytes());
    long bytes = MAX_UNDER_WAY_BYTES / plan.flows() / Math.max(1, plan.payloadBytes());
    maxUnderWay = Math.max(1, Math.min(MAX_UNDER_WAY, bytes));
    timeoutNanos = plan.timeout().toNanos();
  }

  /**
   * Connects, then begins its schedule at a given time or, if it is past that, at once; but not
   * before the listener knows of the connection: what it does for the first time would take the
   * processor from the first ping.
   */
  void start(long notBeforeNanos) {
    connection.open(() -> telling.then(loop, () -> schedule.begin(notBeforeNanos)));
  }

  /** Completes, on the event loop, when everything is over. */
  CompletableFuture<FlowResult> ended() {
    return ended;
  }

  /**
   * Completes when it needs the event loop no more, which may be later: a name may be looked up.
   */
  CompletableFuture<Void> over() {
    return ended.thenCompose(result -> connection.attempted());
  }

  /** Sends no more, and waits for what is under way as long as others may have taken. */
  void stop() {
    if (schedule.isOver()) {
      return;
    }
    schedule.stop();
    endIfDone();
    if (!ending) {
      long waitNanos =
          Math.min(timeoutNanos, Math.max(SHORTEST_LAST_WAIT_NANOS, 2 * tally.slowestNanos()));
      loop.schedule(this::giveUp, waitNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void giveUp() {
    for (Ping ping : underWay.toArray(Ping[]::new)) {
      missed(ping, Reason.STOPPED);
    }
    endIfDone();
  }

  private void send(long number) {
    tally.due();
    PingClient client = connection.client();
    if (client == null) {
      missed(number, Reason.NO_CONNECTION);
    } else if (underWay.size() >= maxUnderWay) {
      missed(number, Reason.HELD);
    } else {
      send(new Ping(number, client, index(client)));
    }
  }

  /** Counts the messages of each connection by itself. */
  private long index(PingClient client) {
    if (counted != client) {
      counted = client;
      indexes = 0;
    }
    return indexes++;
  }

  private void send(Ping ping) {
    tally.sent();
    open++;
    underWay.add(ping);
    ping.deadline(loop.schedule(() -> timedOut(ping), timeoutNanos, TimeUnit.NANOSECONDS));
    ping.client()
        .echo(payloads.next())
        .whenComplete(
            (reply, why) -> {
              if (reply != null) {
                echoed(ping, reply);
              } else if (why != null) {
                failed(ping, why);
              }
              endIfDone();
            });
  }

  private void timedOut(Ping ping) {
    missed(ping, Reason.TIMEOUT);
    endIfDone();
  }

  private void echoed(Ping ping, EchoReply came) {
    underWay.remove(ping);
    boolean isLate = ping.state() == Ping.State.MISSING;
    PingReply reply = reply(ping, came);
    connection.proven();
    settle(ping);
    if (isLate) {
      tally.late();
      telling.tell(listener -> listener.late(reply));
    } else {
      tally.echoed(ping.client().peer(), reply.serviceTimeNanos());
      tally.resided(reply);
      telling.tell(listener -> listener.replied(reply));
    }
  }

  private PingReply reply(Ping ping, EchoReply came) {
    return new PingReply(
        number,
        ping.sequence(),
        Instant.now(),
        ping.client().localAddress(),
        ping.client().remoteAddress(),
        (int) came.bytes(),
        came.serviceTimeNanos(),
        came.residenceNanos(),
        came.hasUnusableStamp());
  }

  /** The connection failed: at this ping, if bytes are wrong and it was the next to come back. */
  private void failed(Ping ping, Throwable why) {
    underWay.remove(ping);
    if (why instanceof DatagramException datagram) {
      failed(ping, datagram);
      return;
    }
    connection.lost(ping.client(), why);
    if (why instanceof UnreachableException) {
      missed(ping, ping.client().turnedAway());
    } else if (why instanceof EchoException damage
        && FlowTally.isDamage(why)
        && !FlowTally.isInAddition(why)
        && damage.echoed() == ping.index()) {
      wrong(ping, damage);
    } else {
      missed(ping, Reason.LOST);
    }
  }

  /** One datagram failed, and the socket goes on. */
  private void failed(Ping ping, DatagramException why) {
    switch (why.kind()) {
      case LOST -> missed(ping, Reason.TIMEOUT);
      case NOT_SENT -> missed(ping, Reason.NOT_SENT);
      case WRONG -> wrong(ping, why);
    }
  }

  private void wrong(Ping ping, EchoException why) {
    if (ping.state() == Ping.State.MISSING) {
      tally.missingIsWrong();
    } else {
      tally.wrong();
    }
    settle(ping);
    PingWrong wrong = new PingWrong(number, ping.sequence(), Instant.now(), why);
    telling.tell(listener -> listener.wrong(wrong));
  }

  private void missed(Ping ping, Reason reason) {
    if (ping.state() == Ping.State.OPEN) {
      open--;
      ping.become(Ping.State.MISSING);
      missed(ping.sequence(), reason);
    }
  }

  private void missed(long which, Reason reason) {
    tally.missing();
    PingMiss miss = new PingMiss(number, which, Instant.now(), reason);
    telling.tell(listener -> listener.missed(miss));
  }

  private void settle(Ping ping) {
    if (ping.state() == Ping.State.OPEN) {
      open--;
    }
    ping.become(Ping.State.SETTLED);
  }

  /** In order if nothing is under way, so that bytes which nobody sent are seen; else at once. */
  private void endIfDone() {
    if (ending || !schedule.isOver() || open > 0) {
      return;
    }
    ending = true;
    connection.close();
    PingClient last = connection.client();
    if (last == null) {
      ended.complete(tally.result(number));
    } else {
      (underWay.isEmpty() ? last.finish() : last.close())
          .whenComplete((over, why) -> loop.execute(() -> end(last, why)));
    }
  }

  private void end(PingClient last, @Nullable Throwable why) {
    if (why != null) {
      connection.lost(last, why);
    }
    ended.complete(tally.result(number));
  }
}
