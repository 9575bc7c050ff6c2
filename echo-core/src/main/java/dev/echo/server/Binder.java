package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.LoopEnd;
import dev.echo.endpoint.NetworkEndpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.endpoint.UnixEndpoint;
import dev.echo.limit.AcceptHandler;
import dev.echo.limit.Admission;
import dev.echo.limit.Connections;
import dev.echo.limit.Limits;
import dev.echo.limit.OwnPorts;
import dev.echo.pipeline.DatagramPipeline;
import dev.echo.pipeline.EchoPipeline;
import dev.echo.pipeline.ListenerPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ServerChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Binds the listeners of a server, each with the stages that its endpoint needs. */
final class Binder {
  private final EchoServerBuilder plan;
  private final Connections connections;
  private final @Nullable Loops loops;
  private final AcceptHandler accept;
  private final OwnPorts ownPorts = new OwnPorts();

  Binder(EchoServerBuilder plan, Connections connections, @Nullable Loops loops) {
    this.plan = plan;
    this.connections = connections;
    this.loops = loops;
    Admission admission = new Admission(connections, plan.front.access(), plan.observer);
    accept = AcceptHandler.of(admission, plan.front.proxy());
  }

  /** Binds; fails with a {@link ListenException}. */
  CompletableFuture<BoundListener> bind(EchoServerBuilder.Listener listener) {
    Endpoint endpoint = listener.endpoint();
    CompletableFuture<BoundListener> bound = new CompletableFuture<>();
    UnixSocketFile file = null;
    try {
      if (endsWithTheLoops(listener, bound)) {
        return bound;
      }
      if (endpoint instanceof UdpEndpoint udp) {
        Bootstrap bootstrap = datagrams(listener);
        bootstrap
            .handler(
                new DatagramPipeline(
                    bootstrap.config().handler(), plan.front, plan.mode, plan.observer, ownPorts))
            .bind(address(udp))
            .addListener((ChannelFuture future) -> bound(endpoint, null, future, bound));
        return bound;
      }
      if (endpoint instanceof UnixEndpoint unix) {
        file = UnixSocketFile.prepare(unix, plan.front.unix());
      }
      UnixSocketFile made = file;
      ServerBootstrap bootstrap = bootstrap(listener);
      EchoPipeline pipeline =
          new EchoPipeline(
              endpoint, plan.front, plan.mode, plan.limits, plan.observer, connections);
      bootstrap
          .handler(new ListenerPipeline(bootstrap.config().handler(), accept))
          .childHandler(pipeline)
          .bind(address(file == null ? endpoint : file.inside(), bootstrap))
          .addListener((ChannelFuture future) -> bound(endpoint, made, future, bound));
    } catch (IOException | RuntimeException | LinkageError | AssertionError e) {
      // A caller's bootstrap may lack something; the listeners that came up must end again.
      if (file != null) {
        file.discard();
      }
      bound.completeExceptionally(new ListenException(endpoint, e));
    }
    return bound;
  }

  /** Loops that were shut down do not tell what became of their work. */
  private static boolean endsWithTheLoops(
      EchoServerBuilder.Listener listener, CompletableFuture<BoundListener> bound) {
    Runnable over =
        () -> bound.completeExceptionally(ListenException.loopsOver(listener.endpoint()));
    for (EventExecutorGroup group : listener.groups().toList()) {
      if (group.isShuttingDown()) {
        over.run();
      } else {
        LoopEnd.watch(group, bound, over);
      }
    }
    return bound.isDone();
  }

  private static SocketAddress address(Endpoint endpoint, ServerBootstrap bootstrap)
      throws UnknownHostException {
    if (endpoint instanceof UnixEndpoint unix) {
      return Transport.of(bootstrap.config().group()).address(unix);
    }
    return address((NetworkEndpoint) endpoint);
  }

  private static InetSocketAddress address(NetworkEndpoint network) throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(network.host(), network.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException("unknown host");
    }
    return address;
  }

  private Bootstrap datagrams(EchoServerBuilder.Listener listener) {
    Bootstrap given = listener.datagrams();
    Bootstrap bootstrap;
    if (given != null) {
      bootstrap = given.clone();
    } else if (loops != null) {
      bootstrap = loops.datagrams();
    } else {
      throw new IllegalArgumentException(
          "bootstrap: a ServerBootstrap (expected: a Bootstrap, since UDP accepts nothing)");
    }
    int bytes = plan.limits.receiveBufferBytes();
    if (bytes != Limits.SYSTEM_RECEIVE_BUFFER
        && !bootstrap.config().options().containsKey(ChannelOption.SO_RCVBUF)) {
      bootstrap.option(ChannelOption.SO_RCVBUF, bytes);
    }
    return bootstrap;
  }

  /**
   * A receive buffer must be set before the listener listens, or the window cannot follow it. The
   * send buffer is bounded too: the system tells that there is room in it only when a third of it
   * is free, so a slow reader behind one that has grown to megabytes looks like a stalled one.
   */
  private ServerBootstrap bootstrap(EchoServerBuilder.Listener listener) {
    ServerBootstrap given = listener.bootstrap();
    ServerBootstrap bootstrap;
    if (given != null) {
      bootstrap = given.clone();
    } else if (loops != null) {
      bootstrap = loops.bootstrap(listener.endpoint());
    } else {
      throw new AssertionError("no event loops for " + listener.endpoint());
    }
    int bytes = plan.limits.receiveBufferBytes();
    if (bytes != Limits.SYSTEM_RECEIVE_BUFFER && listener.endpoint() instanceof NetworkEndpoint) {
      if (!bootstrap.config().options().containsKey(ChannelOption.SO_RCVBUF)) {
        bootstrap.option(ChannelOption.SO_RCVBUF, bytes);
      }
      if (!bootstrap.config().childOptions().containsKey(ChannelOption.SO_SNDBUF)) {
        bootstrap.childOption(ChannelOption.SO_SNDBUF, bytes);
      }
    }
    return bootstrap;
  }

  private void bound(
      Endpoint endpoint,
      @Nullable UnixSocketFile file,
      ChannelFuture future,
      CompletableFuture<BoundListener> bound) {
    if (!future.isSuccess()) {
      if (file != null) {
        file.discard();
      }
      bound.completeExceptionally(new ListenException(endpoint, future.cause()));
      return;
    }
    Channel channel = future.channel();
    try {
      if (channel instanceof ServerChannel) {
        ListenerPipeline.complete(channel);
      }
      if (channel.localAddress() instanceof InetSocketAddress local) {
        ownPorts.add(local.getPort());
      }
      if (file != null) {
        channel.closeFuture().addListener(closed -> file.remove());
        file.publish();
      }
      Endpoint where = endpoint.boundTo(channel.localAddress());
      bound.complete(new BoundListener(where, channel, file));
    } catch (IOException | RuntimeException e) {
      channel
          .close()
          .addListener(closed -> bound.completeExceptionally(new ListenException(endpoint, e)));
    }
  }
}
