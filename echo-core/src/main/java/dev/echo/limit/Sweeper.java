package dev.echo.limit;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all connections of an event loop at a steady interval, instead of a timer for each. An
 * event loop without connections has no timer at all. Time in which the loop did not turn, since
 * the process was stopped or the machine was busy, is nobody's fault: it does not count.
 * Thread-safe; one serves all loops of a server.
 */
public final class Sweeper {
  private static final long MAX_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final long intervalNanos;
  private final Map<EventExecutor, Round> rounds = new ConcurrentHashMap<>();

  /**
   * Makes a sweeper that is precise enough for some limits: it looks eight times within the
   * shortest timeout, and at least every second.
   *
   * @param limits have the timeouts
   */
  public Sweeper(Limits limits) {
    long shortest = Long.MAX_VALUE;
    for (var timeout : List.of(limits.idleTimeout(), limits.stallTimeout())) {
      if (!timeout.equals(Limits.NEVER)) {
        shortest = Math.min(shortest, timeout.toNanos());
      }
    }
    intervalNanos = Math.max(MIN_INTERVAL_NANOS, Math.min(MAX_INTERVAL_NANOS, shortest / 8));
  }

  /** Called on {@code loop}, as is {@link #remove}. */
  void add(EventExecutor loop, ProgressHandler connection) {
    rounds.computeIfAbsent(loop, Round::new).add(connection);
  }

  void remove(EventExecutor loop, ProgressHandler connection) {
    Round round = rounds.get(loop);
    if (round != null) {
      round.remove(connection);
    }
  }

  /** The connections of one event loop; each knows its own place, so leaving costs no search. */
  private final class Round implements Runnable {
    private final EventExecutor loop;
    private final List<ProgressHandler> connections = new ArrayList<>();
    private boolean scheduled;
    private long dueNanos;
    private long lateNanos;
    private @Nullable SocketQueues queues;

    Round(EventExecutor loop) {
      this.loop = loop;
    }

    void add(ProgressHandler connection) {
      connection.place = connections.size();
      connections.add(connection);
      scheduleNext();
      connection.begin(loop.ticker().nanoTime() - lateNanos);
    }

    void remove(ProgressHandler connection) {
      if (connection.place < 0) {
        return;
      }
      ProgressHandler last = connections.remove(connections.size() - 1);
      if (last != connection) {
        connections.set(connection.place, last);
        last.place = connection.place;
      }
      connection.place = -1;
    }

    /** One run is pending at the most, also when the last connection leaves and another comes. */
    private void scheduleNext() {
      if (!scheduled && !connections.isEmpty()) {
        scheduled = true;
        dueNanos = loop.ticker().nanoTime() + intervalNanos;
        loop.schedule(this, intervalNanos, TimeUnit.NANOSECONDS);
      }
    }

    /** Read at most once a round. */
    private SocketQueues queues() {
      SocketQueues read = queues;
      if (read == null) {
        read = SocketQueues.now();
        queues = read;
      }
      return read;
    }

    @Override
    public void run() {
      scheduled = false;
      long now = loop.ticker().nanoTime();
      lateNanos += Math.max(0, now - dueNanos);
      queues = null;
      // Backwards, since a connection that is closed by its check leaves its place to the last one.
      for (int i = connections.size() - 1; i >= 0; i--) {
        if (i < connections.size()) {
          connections.get(i).check(now - lateNanos, this::queues);
        }
      }
      scheduleNext();
    }
  }
}
