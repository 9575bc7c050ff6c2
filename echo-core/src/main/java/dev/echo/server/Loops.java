package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.OwnLoops;
import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The event loops that a server made for itself. The listeners have one of their own: on a loop
 * that serves connections too, a thousand simultaneous connects wait ten times as long for their
 * first echo.
 */
final class Loops {
  private final Transport transport;
  private final OwnLoops listening;
  private final OwnLoops serving;

  Loops(Transport transport, int threads) {
    this.transport = transport;
    listening = OwnLoops.of(transport, 1, "echo-listen");
    serving =
        OwnLoops.of(
            transport,
            threads > 0 ? threads : Runtime.getRuntime().availableProcessors(),
            "echo-serve");
  }

  Stream<EventExecutorGroup> groups() {
    return Stream.of(listening.group(), serving.group());
  }

  ServerBootstrap bootstrap(Endpoint endpoint) {
    return new ServerBootstrap()
        .group(listening.group(), serving.group())
        .channel(transport.listenerType(endpoint));
  }

  Bootstrap datagrams() {
    return new Bootstrap().group(serving.group()).channelFactory(transport.datagramChannels());
  }

  /** Completes when their threads have ended. */
  CompletableFuture<Void> shutdown() {
    return CompletableFuture.allOf(listening.end(), serving.end());
  }
}
