package dev.echo.limit;

import dev.echo.metrics.Refusal;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of one server: counts them against its limits when they are accepted, and
 * knows them all when they must end. Thread-safe.
 */
public final class Connections {
  /** How far the end has come; it never goes back. */
  enum Phase {
    OPEN,
    DRAINING,
    CLOSED
  }

  private final int max;
  private final int maxPerSource;
  private final AtomicInteger admitted = new AtomicInteger();
  private final Map<InetAddress, Integer> perSource = new ConcurrentHashMap<>();
  private final Set<Channel> active = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> emptied = new CompletableFuture<>();
  private volatile Phase phase = Phase.OPEN;

  /**
   * Starts with none.
   *
   * @param limits says how many there may be, in all and per source
   */
  public Connections(Limits limits) {
    max = limits.maxConnections();
    maxPerSource = limits.maxConnectionsPerSource();
  }

  /**
   * Counts a connection, until it closes, if there is room for it.
   *
   * @param connection just accepted, not yet registered
   * @return null, or why it must not be served; then nothing was counted
   */
  @Nullable Refusal admit(Channel connection) {
    if (phase != Phase.OPEN) {
      return Refusal.DRAINING;
    }
    int now = admitted.incrementAndGet();
    if (phase != Phase.OPEN) {
      // The end began after the first look, and may have counted without this one.
      leave();
      return Refusal.DRAINING;
    }
    if (now > max) {
      leave();
      return Refusal.TOO_MANY_CONNECTIONS;
    }
    InetAddress source = maxPerSource == Limits.UNLIMITED ? null : source(connection);
    if (source != null && perSource.merge(source, 1, Integer::sum) > maxPerSource) {
      leave(source);
      return Refusal.TOO_MANY_FROM_SOURCE;
    }
    connection
        .closeFuture()
        .addListener(
            closed -> {
              if (source == null) {
                leave();
              } else {
                leave(source);
              }
            });
    return null;
  }

  private static @Nullable InetAddress source(Channel connection) {
    return connection.remoteAddress() instanceof InetSocketAddress remote
        ? remote.getAddress()
        : null;
  }

  private void leave(InetAddress source) {
    perSource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    leave();
  }

  private void leave() {
    if (admitted.decrementAndGet() == 0 && phase != Phase.OPEN) {
      emptied.complete(null);
    }
  }

  void activated(Channel connection) {
    active.add(connection);
  }

  void deactivated(Channel connection) {
    active.remove(connection);
  }

  /**
   * The number of connections admitted and not yet closed.
   *
   * @return 0 or more
   */
  public int count() {
    return admitted.get();
  }

  Phase phase() {
    return phase;
  }

  /**
   * Admits nobody from now on; a connection that was admitted and comes up later is asked to end.
   *
   * @return completes when the last connection has closed, on its event loop or on this thread
   */
  public CompletionStage<Void> drain() {
    return end(Phase.DRAINING);
  }

  /**
   * Admits nobody from now on; a connection that was admitted and comes up later is closed.
   *
   * @return completes when the last connection has closed, on its event loop or on this thread
   */
  public CompletionStage<Void> close() {
    return end(Phase.CLOSED);
  }

  private synchronized CompletionStage<Void> end(Phase next) {
    if (phase.compareTo(next) < 0) {
      phase = next;
    }
    if (admitted.get() == 0) {
      emptied.complete(null);
    }
    return emptied;
  }

  /**
   * The connections that are up; those that close meanwhile may be among them.
   *
   * @return a live view, to iterate over
   */
  public Iterable<Channel> active() {
    return active;
  }
}
