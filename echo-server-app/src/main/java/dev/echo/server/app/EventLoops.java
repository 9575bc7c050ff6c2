package dev.echo.server.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The threads that serve: one for all listeners, since a listener that shares its children's loop
 * makes a crowd wait for its first echo, and others for the connections.
 */
final class EventLoops implements AutoCloseable {
  private static final long SHUTDOWN_MILLIS = 1000;

  private static final String ACCEPT_AHEAD = "io.netty.iouring.acceptMultiShotEnabled";

  private final Transport transport;
  private final EventLoopGroup listening;
  private final EventLoopGroup serving;

  /**
   * Lets io_uring accept no connection before the one in front of it was admitted or refused:
   * otherwise a crowd over the limit uses up all descriptors. Netty reads it once, so this comes
   * before anything else; whoever set it knows better.
   */
  static void acceptOneByOne() {
    if (System.getProperty(ACCEPT_AHEAD) == null) {
      System.setProperty(ACCEPT_AHEAD, "false");
    }
  }

  private EventLoops(Transport transport, int threads) {
    this.transport = transport;
    listening = group(1, "echo-listen");
    serving = group(threads, "echo-serve");
  }

  private EventLoopGroup group(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), transport.ioHandlers());
  }

  /** Starts all loops and waits until they run: from then on they open no more descriptors. */
  static EventLoops start(Transport transport, int threads)
      throws InterruptedException, ExecutionException {
    EventLoops loops = new EventLoops(transport, threads);
    for (EventLoopGroup group : new EventLoopGroup[] {loops.listening, loops.serving}) {
      for (EventExecutor loop : group) {
        loop.submit(() -> {}).get();
      }
    }
    return loops;
  }

  Transport transport() {
    return transport;
  }

  ServerBootstrap bootstrap(Endpoint endpoint) {
    return new ServerBootstrap()
        .group(listening, serving)
        .channel(transport.listenerType(endpoint));
  }

  Bootstrap datagrams() {
    return new Bootstrap().group(serving).channelFactory(transport.datagramChannels());
  }

  @Override
  public void close() {
    listening.shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    serving
        .shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(SHUTDOWN_MILLIS);
    listening.terminationFuture().awaitUninterruptibly(SHUTDOWN_MILLIS);
  }
}
