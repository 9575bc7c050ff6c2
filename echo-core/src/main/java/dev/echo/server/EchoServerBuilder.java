package dev.echo.server;

import dev.echo.echo.EchoMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoObserver;
import dev.echo.pipeline.ServerFront;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what an {@link EchoServer} is to be, and starts it. Not thread-safe. */
public final class EchoServerBuilder {
  record Listener(
      Endpoint endpoint, @Nullable ServerBootstrap bootstrap, @Nullable Bootstrap datagrams) {
    /** The caller's event loops, if they are that. */
    Stream<EventExecutorGroup> groups() {
      return Stream.<EventExecutorGroup>of(
              bootstrap == null ? null : bootstrap.config().group(),
              bootstrap == null ? null : bootstrap.config().childGroup(),
              datagrams == null ? null : datagrams.config().group())
          .filter(Objects::nonNull);
    }

    boolean needsLoops() {
      return bootstrap == null && datagrams == null;
    }
  }

  final List<Listener> listeners = new ArrayList<>();
  private @Nullable Transport transport;
  int threads;
  EchoMode mode = EchoMode.AUTO;
  Limits limits = Limits.DEFAULT;
  EchoObserver observer = EchoObserver.NONE;
  ServerFront front = ServerFront.NONE;

  EchoServerBuilder() {}

  /**
   * Adds a listener on the server's own event loops: one for all listeners, and others for the
   * connections. The server ends these loops when it has closed.
   *
   * @param endpoint where; port 0 lets the system choose. A name is resolved in {@link #start()}
   * @return this
   */
  public EchoServerBuilder listen(Endpoint endpoint) {
    Objects.requireNonNull(endpoint, "endpoint (expected: where to listen)");
    listeners.add(new Listener(endpoint, null, null));
    return this;
  }

  /**
   * Adds a listener on a bootstrap of the caller's. It is cloned; its groups, channel class,
   * options and handler are kept, and its groups are never shut down.
   *
   * @param bootstrap with groups and channel class, without a child handler
   * @param endpoint where; port 0 lets the system choose
   * @return this
   * @throws IllegalArgumentException if it has a child handler: that is the echo's place
   */
  public EchoServerBuilder listen(ServerBootstrap bootstrap, Endpoint endpoint) {
    if (bootstrap.config().childHandler() != null) {
      throw new IllegalArgumentException(
          "bootstrap: has a child handler (expected: none, the server sets its own)");
    }
    listeners.add(new Listener(endpoint, bootstrap, null));
    return this;
  }

  /**
   * Adds a UDP listener on a bootstrap of the caller's. It is cloned; its group, channel class,
   * options and handler are kept, and its group is never shut down.
   *
   * @param bootstrap with a group and a channel factory; only with that of {@link
   *     Transport#datagramChannels()} empty datagrams are echoed over NIO too
   * @param endpoint where; port 0 lets the system choose
   * @return this
   */
  public EchoServerBuilder listen(Bootstrap bootstrap, UdpEndpoint endpoint) {
    listeners.add(new Listener(endpoint, null, bootstrap));
    return this;
  }

  /**
   * Sets the transport of the server's own event loops.
   *
   * @param transport an available one; {@link Transport#best()} by default
   * @return this
   */
  public EchoServerBuilder transport(Transport transport) {
    if (!transport.isAvailable()) {
      throw new IllegalArgumentException(
          "transport: " + transport + " is not available here", transport.unavailability());
    }
    this.transport = transport;
    return this;
  }

  /** Asked for only when it is needed: to find the best one loads a native library. */
  Transport transport() {
    return transport == null ? Transport.best() : transport;
  }

  /**
   * Sets the number of the server's own event loops for connections.
   *
   * @param threads 1 or more, or 0 for one a processor, which is the default
   * @return this
   */
  public EchoServerBuilder threads(int threads) {
    if (threads < 0) {
      throw new IllegalArgumentException("threads: " + threads + " (expected: >= 0)");
    }
    this.threads = threads;
    return this;
  }

  /**
   * Sets how connections are read.
   *
   * @param mode {@link EchoMode#AUTO} by default
   * @return this
   */
  public EchoServerBuilder mode(EchoMode mode) {
    this.mode = Objects.requireNonNull(mode, "mode (expected: auto, stream or frames)");
    return this;
  }

  /**
   * Sets what peers are allowed.
   *
   * @param limits {@link Limits#DEFAULT} by default
   * @return this
   */
  public EchoServerBuilder limits(Limits limits) {
    this.limits = Objects.requireNonNull(limits, "limits (expected: some, or Limits.DEFAULT)");
    return this;
  }

  /**
   * Sets who is told what happens.
   *
   * @param observer {@link EchoObserver#NONE} by default
   * @return this
   */
  public EchoServerBuilder observer(EchoObserver observer) {
    this.observer = EchoObserver.guarded(observer);
    return this;
  }

  /**
   * Sets what stands between the sockets and the echo, for all listeners that need it.
   *
   * @param front {@link ServerFront#NONE} by default
   * @return this
   */
  public EchoServerBuilder front(ServerFront front) {
    this.front = Objects.requireNonNull(front, "front (expected: one, or ServerFront.NONE)");
    return this;
  }

  /**
   * Starts all listeners, or none. Names are resolved and socket files are made on this thread;
   * nothing else waits.
   *
   * @return completes with the running server, or with a {@link ListenException} after everything
   *     that had been started is ended again
   * @throws IllegalArgumentException if there is no listener
   */
  public CompletionStage<EchoServer> start() {
    if (listeners.isEmpty()) {
      throw new IllegalArgumentException("no endpoint to listen on (expected: one or more)");
    }
    return EchoServer.start(this);
  }
}
