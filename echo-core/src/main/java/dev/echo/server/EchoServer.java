package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopEnd;
import dev.echo.endpoint.LoopStage;
import dev.echo.limit.Connections;
import dev.echo.limit.MembershipHandler;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Echoes what any number of clients send to any number of endpoints. Made by {@link #builder()};
 * thread-safe. Its stages complete on one of its event loops, on Netty's global executor, or, when
 * its own loops have ended, on another thread; none of its methods blocks.
 */
public final class EchoServer {
  private final Connections connections;
  private final @Nullable Loops loops;
  private final List<BoundListener> listeners = new ArrayList<>();
  private final List<EventExecutorGroup> groups;
  private final LoopStage<Void> closed;
  private boolean closing;
  private boolean draining;

  private EchoServer(EchoServerBuilder builder) {
    connections = new Connections(builder.limits);
    boolean needsLoops =
        builder.listeners.stream().anyMatch(EchoServerBuilder.Listener::needsLoops);
    loops = needsLoops ? new Loops(builder.transport(), builder.threads) : null;
    groups =
        Stream.concat(
                loops == null ? Stream.empty() : loops.groups(),
                builder.listeners.stream().flatMap(EchoServerBuilder.Listener::groups))
            .distinct()
            .toList();
    closed = LoopStage.of(groups);
  }

  /**
   * Starts to describe a server.
   *
   * @return a builder with the defaults
   */
  public static EchoServerBuilder builder() {
    return new EchoServerBuilder();
  }

  static CompletionStage<EchoServer> start(EchoServerBuilder builder) {
    EchoServer server = new EchoServer(builder);
    Binder binder = new Binder(builder, server.connections, server.loops);
    List<CompletableFuture<BoundListener>> bound =
        builder.listeners.stream().map(binder::bind).toList();
    LoopStage<EchoServer> started = LoopStage.of(server.groups);
    CompletableFuture.allOf(bound.toArray(CompletableFuture[]::new))
        .whenComplete((all, failure) -> server.started(bound, failure, started));
    return started;
  }

  private void started(
      List<CompletableFuture<BoundListener>> bound,
      @Nullable Throwable failure,
      CompletableFuture<EchoServer> started) {
    for (var listener : bound) {
      if (!listener.isCompletedExceptionally()) {
        listeners.add(listener.join());
      }
    }
    if (failure == null) {
      if (!started.complete(this)) {
        // Nobody waits for it any more.
        close();
      }
    } else {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      close().whenComplete((ended, ignored) -> started.completeExceptionally(cause));
    }
  }

  /**
   * Where the server listens, with the ports that the system chose.
   *
   * @return in the order in which they were asked for
   */
  public List<Endpoint> endpoints() {
    return listeners.stream().map(BoundListener::endpoint).toList();
  }

  /**
   * The connections that are open now.
   *
   * @return 0 or more
   */
  public int connections() {
    return connections.count();
  }

  /**
   * Ends without loss. The listeners close; what was read is echoed; in frames mode the frame under
   * way is finished and an ERROR 3 follows; then the server finishes its side and discards what
   * still comes, until each peer has finished too. Connections that are left at the deadline are
   * closed as by {@link #close()}. A second call changes nothing.
   *
   * @param deadline how long it may take; 0 or more
   * @return completes when everything is closed
   */
  public CompletionStage<Void> drain(Duration deadline) {
    synchronized (this) {
      if (closing || draining) {
        return closed.copy();
      }
      draining = true;
    }
    CompletionStage<Void> emptied = connections.drain();
    long deadlineNanos = TimeUnit.NANOSECONDS.convert(deadline);
    Runnable close = this::close;
    // Not on a listener's loop: that may be the caller's, and may have ended.
    var force = GlobalEventExecutor.INSTANCE.schedule(close, deadlineNanos, TimeUnit.NANOSECONDS);
    closeListeners()
        .thenRun(() -> connections.active().forEach(EchoServer::askToEnd))
        .thenCompose(asked -> emptied)
        .whenComplete(
            (done, ignored) -> {
              force.cancel(false);
              close();
            });
    return closed.copy();
  }

  private static void askToEnd(Channel connection) {
    connection.pipeline().fireUserEventTriggered(MembershipHandler.DRAINING);
  }

  private CompletableFuture<Void> closeListeners() {
    CompletableFuture<?>[] all =
        listeners.stream().map(EchoServer::close).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all);
  }

  /** An event loop that has ended would not tell any more. */
  private static CompletableFuture<Void> close(BoundListener listener) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Channel channel = listener.channel();
    listener.unpublish();
    if (channel.isOpen() && !channel.eventLoop().isShutdown()) {
      LoopEnd.watch(channel.eventLoop(), done, () -> done.complete(null));
      channel.close().addListener(ended -> done.complete(null));
    } else {
      done.complete(null);
    }
    return done;
  }

  /**
   * Closes everything at once; what is on its way may be lost. A second call changes nothing.
   *
   * @return completes when everything is closed, and the threads of the server's own event loops
   *     have ended
   */
  public CompletionStage<Void> close() {
    synchronized (this) {
      if (closing) {
        return closed.copy();
      }
      closing = true;
    }
    CompletionStage<Void> emptied = connections.close();
    closeListeners()
        .thenRun(() -> connections.active().forEach(Channel::close))
        .thenCompose(closing -> loops != null ? loops.shutdown() : emptied)
        .thenCompose(ended -> emptied)
        .whenComplete((done, ignored) -> closed.complete(null));
    return closed.copy();
  }
}
