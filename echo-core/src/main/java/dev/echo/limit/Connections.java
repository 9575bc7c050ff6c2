package dev.echo.limit;

import dev.echo.caller.Caller;
import dev.echo.metrics.Refusal;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
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

  /** On a connection whose source was counted. */
  private static final AttributeKey<Boolean> COUNTED =
      AttributeKey.valueOf(Connections.class, "counted");

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
   * Counts a connection and its source, until it closes, if there is room for both.
   *
   * @param connection just accepted, not yet registered
   * @return null, or why it must not be served; then nothing was counted
   */
  @Nullable Refusal admit(Channel connection) {
    Refusal refusal = enter();
    if (refusal != null) {
      return refusal;
    }
    InetAddress source = countedSource(connection);
    if (source != null && !enter(source)) {
      leave();
      return Refusal.TOO_MANY_FROM_SOURCE;
    }
    if (source != null) {
      connection.attr(COUNTED).set(true);
    }
    connection.closeFuture().addListener(closed -> leave(source));
    return null;
  }

  /**
   * Counts a connection, until it closes, if there is room for it; its source is counted later.
   *
   * @param connection just accepted, not yet registered
   * @return null, or why it must not be served; then nothing was counted
   */
  @Nullable Refusal admitUnnamed(Channel connection) {
    Refusal refusal = enter();
    if (refusal == null) {
      connection.closeFuture().addListener(closed -> leave());
    }
    return refusal;
  }

  /**
   * Counts the source of a connection until it closes, if it was counted without it.
   *
   * @param connection is registered, and its caller known
   * @return null, or why it must not be served; then its source was not counted
   */
  @Nullable Refusal admitNamed(Channel connection) {
    InetAddress source = connection.hasAttr(COUNTED) ? null : countedSource(connection);
    if (source == null) {
      return null;
    }
    if (!enter(source)) {
      return Refusal.TOO_MANY_FROM_SOURCE;
    }
    connection.closeFuture().addListener(closed -> leaveSource(source));
    return null;
  }

  private @Nullable Refusal enter() {
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
    return null;
  }

  private boolean enter(InetAddress source) {
    if (perSource.merge(source, 1, Integer::sum) > maxPerSource) {
      leaveSource(source);
      return false;
    }
    return true;
  }

  private @Nullable InetAddress countedSource(Channel connection) {
    return maxPerSource == Limits.UNLIMITED ? null : Caller.of(connection).ip().orElse(null);
  }

  private void leave(@Nullable InetAddress source) {
    if (source != null) {
      leaveSource(source);
    }
    leave();
  }

  private void leaveSource(InetAddress source) {
    perSource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
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
