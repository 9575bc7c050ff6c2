package dev.echo.pipeline;

import dev.echo.endpoint.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.PromiseCombiner;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a listener that is bound to all addresses answer from the address that was asked: the system
 * would choose one by the route back, and the client, a firewall or a load balancer would not know
 * it. Netty cannot say with a datagram where it comes from, so each address of this machine gets a
 * socket of its own beside the listener's, on the same event loop; what is sent to the address
 * comes in there from then on. Where the transport tells destinations a socket is opened with the
 * first datagram, elsewhere one for each address that the interfaces have. Leaves unless the
 * listener is bound to all addresses. Behind the guard; one for each listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What becomes of a socket is seen in its listener.
final class AddressesHandler extends ChannelDuplexHandler {
  /** A machine that routes whole networks to itself has more addresses than sockets. */
  static final int MAX_SOCKETS = 256;

  private static final Logger logger = LoggerFactory.getLogger(AddressesHandler.class);
  private static final long SCAN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ChannelHandler stages;
  private final Map<InetAddress, AddressSocket> sockets = new HashMap<>();
  private boolean tellsDestinations;
  private long scannedNanos;
  private int opening;
  private @Nullable ChannelPromise ready;

  /**
   * Opens sockets for one listener.
   *
   * @param stages makes the pipeline of each
   */
  AddressesHandler(ChannelHandler stages) {
    this.stages = stages;
  }

  /** Whoever binds is told when the sockets are there, too. */
  @Override
  public void bind(ChannelHandlerContext ctx, SocketAddress local, ChannelPromise promise) {
    ChannelPromise own = ctx.newPromise();
    own.addListener(
        bound -> {
          if (bound.isSuccess()) {
            ready = promise;
            begin(ctx);
            tellWhenReady();
          } else {
            promise.tryFailure(bound.cause());
          }
        });
    ctx.bind(local, own);
  }

  private void tellWhenReady() {
    if (opening == 0 && ready != null) {
      ready.trySuccess();
      ready = null;
    }
  }

  private void begin(ChannelHandlerContext ctx) {
    if (!(ctx.channel().localAddress() instanceof InetSocketAddress local)
        || !local.getAddress().isAnyLocalAddress()) {
      ctx.pipeline().remove(this);
      return;
    }
    tellsDestinations =
        ctx.channel() instanceof EpollDatagramChannel channel
            && channel.config().getOption(EpollChannelOption.IP_RECVORIGDSTADDR);
    // Of IPv6 no transport tells them.
    if (!tellsDestinations || !(local.getAddress() instanceof Inet4Address)) {
      scan(ctx);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    AddressSocket socket =
        msg instanceof DatagramPacket packet ? socket(ctx, packet.recipient()) : null;
    if (socket == null || !socket.takes((DatagramPacket) msg)) {
      ctx.fireChannelRead(msg);
    }
  }

  /** The socket that answers; null if it is this one. */
  private @Nullable AddressSocket socket(
      ChannelHandlerContext ctx, @Nullable InetSocketAddress recipient) {
    InetAddress asked = tellsDestinations && recipient != null ? recipient.getAddress() : null;
    if (asked != null && !asked.isAnyLocalAddress()) {
      return asked.isMulticastAddress() ? null : open(ctx, asked);
    }
    // It came to an address that has no socket: to a new one, or to a group.
    if (System.nanoTime() - scannedNanos > SCAN_NANOS) {
      scan(ctx);
    }
    return null;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (tellsDestinations) {
      sockets.values().forEach(AddressSocket::readComplete);
    }
  }

  private void scan(ChannelHandlerContext ctx) {
    scannedNanos = System.nanoTime();
    boolean onlyV4 =
        ctx.channel().localAddress() instanceof InetSocketAddress local
            && local.getAddress() instanceof Inet4Address;
    try {
      List<InetAddress> here =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !onlyV4 || address instanceof Inet4Address)
              .toList();
      here.forEach(address -> open(ctx, address));
    } catch (IOException e) {
      logger.warn("cannot list this machine's addresses: UDP answers may come from another one");
    }
  }

  private @Nullable AddressSocket open(ChannelHandlerContext ctx, InetAddress address) {
    AddressSocket known = sockets.get(address);
    if (known != null || sockets.size() >= MAX_SOCKETS) {
      return known;
    }
    Channel listener = ctx.channel();
    Bootstrap bootstrap =
        new Bootstrap()
            .group(listener.eventLoop())
            .channelFactory(Transport.of(listener.eventLoop()).datagramChannels())
            .handler(stages);
    if (opening++ == 0) {
      AddressSocket.sharePort(listener, true);
    }
    AddressSocket opened = new AddressSocket(ctx, bootstrap, address);
    opened
        .bound()
        .addListener(
            bound -> {
              if (--opening == 0) {
                AddressSocket.sharePort(listener, false);
                tellWhenReady();
              }
            });
    sockets.put(address, opened);
    opened.closed().addListener(closed -> sockets.remove(address, opened));
    return opened;
  }

  /** With the listener its sockets end. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    PromiseCombiner all = new PromiseCombiner(ctx.executor());
    List.copyOf(sockets.values()).forEach(socket -> all.add(socket.close()));
    all.finish(ctx.newPromise().addListener(closed -> ctx.close(promise)));
  }
}
