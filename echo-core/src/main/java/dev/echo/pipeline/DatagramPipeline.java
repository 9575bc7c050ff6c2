package dev.echo.pipeline;

import dev.echo.echo.DatagramEchoHandler;
import dev.echo.echo.DatagramFramesHandler;
import dev.echo.echo.EchoMode;
import dev.echo.endpoint.EmptyDatagramHandler;
import dev.echo.limit.AccessList;
import dev.echo.limit.ChallengeHandler;
import dev.echo.limit.DatagramGuard;
import dev.echo.limit.DatagramLimits;
import dev.echo.limit.DatagramOutputHandler;
import dev.echo.limit.DatagramRateHandler;
import dev.echo.limit.DatagramRefusals;
import dev.echo.limit.OwnPorts;
import dev.echo.metrics.DatagramObserverHandler;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import org.jspecify.annotations.Nullable;

/**
 * Makes a UDP socket echo: the stages of a datagram listener, in their order, and the channel
 * options that they need. Put it into any {@code Bootstrap} as the handler; {@code EchoServer} does
 * so by itself.
 *
 * <pre>
 *   caller's handler, destination, empty, observer, output, guard, addresses, rate, challenge,
 *   frames, echo
 * </pre>
 *
 * <p>A listener that is bound to all addresses opens further sockets, one for each address, whose
 * answers come from the address that was asked. They have the same stages, without {@code
 * destination} and {@code addresses}, and the caller's handler only if it is sharable.
 */
public final class DatagramPipeline extends ChannelInitializer<Channel> {
  /** The stage that has the system tell destinations; leaves when the socket is bound. */
  public static final String DESTINATION = "destination";

  /** The stage that sends empty datagrams. */
  public static final String EMPTY = "empty";

  /** The stage that observes; absent for {@link EchoObserver#NONE}. */
  public static final String OBSERVER = "observer";

  /** The stage that drops what the socket does not take. */
  public static final String OUTPUT = "output";

  /** The stage that drops what must never be echoed. */
  public static final String GUARD = "guard";

  /** The stage that answers from the address that was asked; leaves unless bound to all. */
  public static final String ADDRESSES = "addresses";

  /** The stage that drops what a source sends too fast. */
  public static final String RATE = "rate";

  /** The stage that asks sources for a cookie; absent unless asked for. */
  public static final String CHALLENGE = "challenge";

  /** The stage that answers frames; absent in stream mode. */
  public static final String FRAMES = "frames";

  /** The stage that echoes. */
  public static final String ECHO = "echo";

  private final @Nullable ChannelHandler first;
  private final DatagramLimits limits;
  private final AccessList access;
  private final EchoMode mode;
  private final EchoObserver observer;
  private final OwnPorts ownPorts;
  private final DatagramRefusals refusals;
  private final DatagramRateHandler rate;

  /**
   * Makes the pipeline of one listener.
   *
   * @param first the caller's handler, or null
   * @param front holds what datagrams are allowed, and whose
   * @param mode stream returns everything as it is; the others answer frames
   * @param observer is told what happens
   * @param ownPorts the ports of the server
   */
  public DatagramPipeline(
      @Nullable ChannelHandler first,
      ServerFront front,
      EchoMode mode,
      EchoObserver observer,
      OwnPorts ownPorts) {
    this.first = first;
    limits = front.datagrams();
    access = front.access();
    this.mode = mode;
    this.observer = EchoObserver.guarded(observer);
    this.ownPorts = ownPorts;
    refusals = new DatagramRefusals(this.observer);
    rate = new DatagramRateHandler(limits, refusals);
  }

  @Override
  protected void initChannel(Channel channel) {
    ChannelPipeline pipeline = channel.pipeline();
    if (first != null) {
      pipeline.addLast(first);
    }
    pipeline.addLast(DESTINATION, new DestinationHandler());
    addStages(channel);
    pipeline.addAfter(GUARD, ADDRESSES, new AddressesHandler(new OneAddress()));
  }

  /** Makes the sockets of single addresses beside the one of all addresses. */
  private final class OneAddress extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (first instanceof ChannelHandlerAdapter adapter && adapter.isSharable()) {
        channel.pipeline().addLast(first);
      }
      addStages(channel);
    }
  }

  private void addStages(Channel channel) {
    DatagramOptions.set(channel);
    ChannelPipeline pipeline = channel.pipeline();
    pipeline.addLast(EMPTY, EmptyDatagramHandler.INSTANCE);
    if (observer != EchoObserver.NONE) {
      pipeline.addLast(OBSERVER, new DatagramObserverHandler(observer));
    }
    pipeline.addLast(OUTPUT, new DatagramOutputHandler(refusals));
    pipeline.addLast(GUARD, new DatagramGuard(access, ownPorts, refusals));
    pipeline.addLast(RATE, rate);
    if (limits.sources() == DatagramLimits.Sources.CHALLENGED) {
      pipeline.addLast(CHALLENGE, new ChallengeHandler(refusals));
    }
    if (mode != EchoMode.STREAM) {
      pipeline.addLast(FRAMES, new DatagramFramesHandler());
    }
    pipeline.addLast(ECHO, new DatagramEchoHandler());
  }
}
