package dev.echo.client;

import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.pipeline.ClientPipeline;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundInvoker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Connects as {@link EchoClient} does, and hands the bytes to the caller's own handler, for those
 * who send and verify by themselves.
 */
public final class BareConnection {
  private BareConnection() {}

  /**
   * The caller's handler: the last one of the pipeline.
   *
   * <p>Its {@code connected()} completes, on the event loop, when its channel is active.
   */
  public interface Tail extends ChannelHandler {
    /**
     * Tells when the channel is connected.
     *
     * @return completed by the handler in {@code channelActive}, with its channel
     */
    CompletableFuture<Channel> connected();
  }

  /**
   * Connects. All addresses that the endpoint's name resolves to are tried in order.
   *
   * @param bootstrap has a group and a channel class, and no handler; it is cloned
   * @param endpoint where to
   * @param front what is needed besides
   * @param timeout of each address
   * @param tails makes the last handler, one for each address that is tried
   * @return the channel; fails with {@link UnreachableException}
   */
  public static CompletionStage<Channel> open(
      Bootstrap bootstrap,
      Endpoint endpoint,
      ClientFront front,
      Duration timeout,
      Supplier<? extends Tail> tails) {
    return Connector.connect(
        bootstrap,
        endpoint,
        timeout,
        () -> attempt(endpoint, front, tails.get()),
        ChannelOutboundInvoker::close);
  }

  /**
   * Opens a UDP socket. If the endpoint has one address nothing is sent by that, so nobody is found
   * to be there or not. If its name has several, each is sent a few datagrams of 16 bytes, in
   * order, until one of them returns any datagram: the next is tried if the port is unreachable, or
   * if nothing has come within the connect timeout. If nobody answers at all, the first that did
   * not refuse is taken.
   *
   * @param bootstrap has a group and the factory of {@code Transport.channels}, and no handler; it
   *     is cloned
   * @param endpoint where to
   * @param timeout of looking up its name
   * @param tails makes the last handler, which reads {@code DatagramPacket}s and writes buffers
   * @return the channel; fails with {@link UnreachableException}
   */
  public static CompletionStage<Channel> datagrams(
      Bootstrap bootstrap, UdpEndpoint endpoint, Duration timeout, Supplier<? extends Tail> tails) {
    return Connector.connect(
        bootstrap,
        endpoint,
        timeout,
        () -> {
          Tail tail = tails.get();
          return new Trial.Attempt<>(
              ClientPipeline.datagrams(endpoint, ClientFront.NONE, tail), tail.connected());
        },
        ChannelOutboundInvoker::close);
  }

  private static Trial.Attempt<Channel> attempt(Endpoint endpoint, ClientFront front, Tail tail) {
    return new Trial.Attempt<>(ClientPipeline.bare(endpoint, front, tail), tail.connected());
  }
}
