package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.limit.AcceptHandler;
import dev.echo.limit.Connections;
import dev.echo.limit.Limits;
import dev.echo.limit.MembershipHandler;
import dev.echo.pipeline.EchoPipeline;
import dev.echo.pipeline.ListenerPipeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Echoes what any number of clients send to any number of endpoints. Made by {@link #builder()};
 * thread-safe. Stages that it returns complete on one of its event loops or on Netty's global
 * executor, and none of its methods blocks.
 */
public final class EchoServer {
  private final Connections connections;
  private final @Nullable Loops loops;
  private final List<Channel> listeners = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private boolean closing;
  private boolean draining;

  private EchoServer(EchoServerBuilder builder) {
    connections = new Connections(builder.limits);
    boolean needsLoops = builder.listeners.stream().anyMatch(it -> it.bootstrap() == null);
    loops = needsLoops ? new Loops(builder.transport, builder.threads) : null;
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
    EchoPipeline pipeline =
        new EchoPipeline(builder.mode, builder.limits, builder.observer, server.connections);
    AcceptHandler accept = new AcceptHandler(server.connections, builder.observer);
    List<CompletableFuture<Channel>> bound = new ArrayList<>();
    for (var listener : builder.listeners) {
      bound.add(server.bind(listener, accept, pipeline, builder.limits));
    }
    CompletableFuture<EchoServer> started = new CompletableFuture<>();
    CompletableFuture.allOf(bound.toArray(CompletableFuture[]::new))
        .whenComplete((all, failure) -> server.started(bound, failure, started));
    return started;
  }

  private CompletableFuture<Channel> bind(
      EchoServerBuilder.Listener listener,
      AcceptHandler accept,
      EchoPipeline pipeline,
      Limits limits) {
    CompletableFuture<Channel> bound = new CompletableFuture<>();
    TcpEndpoint endpoint = (TcpEndpoint) listener.endpoint();
    InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
    if (address.isUnresolved()) {
      bound.completeExceptionally(
          new ListenException(endpoint, new UnknownHostException("unknown host")));
      return bound;
    }
    ServerBootstrap bootstrap = bootstrap(listener, limits);
    try {
      bootstrap
          .handler(new ListenerPipeline(bootstrap.config().handler(), accept))
          .childHandler(pipeline)
          .bind(address)
          .addListener((ChannelFuture future) -> bound(endpoint, future, bound));
    } catch (RuntimeException e) {
      // The caller's bootstrap lacks something; the listeners that came up must end again.
      bound.completeExceptionally(new ListenException(endpoint, e));
    }
    return bound;
  }

  /**
   * A receive buffer must be set before the listener listens, or the window cannot follow it. The
   * send buffer is bounded too: the system tells that there is room in it only when a third of it
   * is free, so a slow reader behind one that has grown to megabytes looks like a stalled one.
   */
  private ServerBootstrap bootstrap(EchoServerBuilder.Listener listener, Limits limits) {
    ServerBootstrap given = listener.bootstrap();
    ServerBootstrap bootstrap;
    if (given != null) {
      bootstrap = given.clone();
    } else if (loops != null) {
      bootstrap = loops.bootstrap();
    } else {
      throw new AssertionError("no event loops for " + listener.endpoint());
    }
    if (limits.receiveBufferBytes() != Limits.SYSTEM_RECEIVE_BUFFER) {
      if (!bootstrap.config().options().containsKey(ChannelOption.SO_RCVBUF)) {
        bootstrap.option(ChannelOption.SO_RCVBUF, limits.receiveBufferBytes());
      }
      if (!bootstrap.config().childOptions().containsKey(ChannelOption.SO_SNDBUF)) {
        bootstrap.childOption(ChannelOption.SO_SNDBUF, limits.receiveBufferBytes());
      }
    }
    return bootstrap;
  }

  private static void bound(
      Endpoint endpoint, ChannelFuture future, CompletableFuture<Channel> bound) {
    if (future.isSuccess()) {
      ListenerPipeline.complete(future.channel());
      bound.complete(future.channel());
    } else {
      bound.completeExceptionally(new ListenException(endpoint, future.cause()));
    }
  }

  private void started(
      List<CompletableFuture<Channel>> bound,
      @Nullable Throwable failure,
      CompletableFuture<EchoServer> started) {
    for (var listener : bound) {
      if (!listener.isCompletedExceptionally()) {
        listeners.add(listener.join());
      }
    }
    if (failure == null) {
      started.complete(this);
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
    return listeners.stream()
        .map(it -> Endpoint.of((InetSocketAddress) it.localAddress()))
        .toList();
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
  private static CompletableFuture<Void> close(Channel channel) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (channel.isOpen() && !channel.eventLoop().isShutdown()) {
      channel.close().addListener(ended -> done.complete(null));
    } else {
      done.complete(null);
    }
    return done;
  }

  /**
   * Closes everything at once; what is on its way may be lost. A second call changes nothing.
   *
   * @return completes when everything is closed, and the server's own event loops have ended
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
