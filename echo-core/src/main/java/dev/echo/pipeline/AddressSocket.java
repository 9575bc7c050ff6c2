package dev.echo.pipeline;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.unix.UnixChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A UDP socket of one address beside the listener of all addresses, with the same port. Event loop
 * of the listener only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What becomes of a socket is seen in its listener.
final class AddressSocket {
  private static final int MAX_HELD = 32;

  private final ChannelHandlerContext listener;
  private final Channel channel;
  private final ChannelFuture bound;
  private final Queue<DatagramPacket> held = new ArrayDeque<>();
  private boolean touched;

  /**
   * Opens it.
   *
   * @param listener the stage that opens it
   * @param bootstrap of the listener's event loop
   * @param address of this machine
   */
  AddressSocket(ChannelHandlerContext listener, Bootstrap bootstrap, InetAddress address) {
    this.listener = listener;
    int port = ((InetSocketAddress) listener.channel().localAddress()).getPort();
    bound =
        bootstrap
            .option(reusePort(listener.channel()), true)
            .option(ChannelOption.ALLOCATOR, listener.alloc())
            .option(ChannelOption.SO_RCVBUF, receiveBuffer(listener.channel()))
            .bind(new InetSocketAddress(address, port));
    channel = bound.channel();
    bound.addListener(
        (ChannelFuture tried) -> {
          sharePort(channel, false);
          opened();
        });
  }

  private static ChannelOption<Boolean> reusePort(Channel channel) {
    return channel instanceof UnixChannel
        ? UnixChannelOption.SO_REUSEPORT
        : NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT);
  }

  /** As large as the listener's. Linux says twice what was asked for (socket(7)). */
  private static int receiveBuffer(Channel listener) {
    int bytes = listener.config().getOption(ChannelOption.SO_RCVBUF);
    return System.getProperty("os.name", "").equals("Linux") ? bytes / 2 : bytes;
  }

  /**
   * Says whether other sockets of the same user may have the port too: while these are bound they
   * must, and nobody else is to take a part of what comes to it. Where the system has no such
   * option it may let an address be bound without.
   */
  static void sharePort(Channel channel, boolean shares) {
    DatagramOptions.tryOption(channel.config(), reusePort(channel), shares);
  }

  /** Completes when it is bound, or cannot be. */
  ChannelFuture bound() {
    return bound;
  }

  /** Completes when it is closed, also if it could not be opened. */
  ChannelFuture closed() {
    return channel.closeFuture();
  }

  ChannelFuture close() {
    return channel.isOpen() ? channel.close() : channel.closeFuture();
  }

  /**
   * Takes a datagram that had come to the listener, to answer it from here.
   *
   * @return false if it cannot
   */
  boolean takes(DatagramPacket packet) {
    if (!bound.isDone() && held.size() < MAX_HELD) {
      held.add(packet);
      return true;
    }
    if (!bound.isSuccess() || !channel.isActive()) {
      return false;
    }
    touched = true;
    behindTheGuard().fireChannelRead(packet);
    return true;
  }

  void readComplete() {
    if (touched && channel.isActive()) {
      behindTheGuard().fireChannelReadComplete();
    }
    touched = false;
  }

  private void opened() {
    ChannelHandlerContext answers = bound.isSuccess() ? behindTheGuard() : listener;
    while (!held.isEmpty()) {
      answers.fireChannelRead(held.remove());
    }
    answers.fireChannelReadComplete();
  }

  /** The listener's guard has looked at it already, and its observer seen it. */
  private ChannelHandlerContext behindTheGuard() {
    return channel.pipeline().context(DatagramPipeline.GUARD);
  }
}
