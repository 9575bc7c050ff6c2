package dev.echo.duplex;

import io.netty.channel.Channel;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * A reset that nobody is told of. With io_uring, when a peer resets its connection while a read is
 * under way that empties the socket, Netty (4.2.18) takes the event for one that this read deals
 * with, and waits for another; there is none any more. So whoever looks at a connection now and
 * then has to ask the kernel.
 */
public final class UnnoticedReset {
  /** The state of a socket that is no connection any more (Linux, {@code net/tcp_states.h}). */
  private static final int TCP_CLOSE = 7;

  private UnnoticedReset() {}

  /**
   * Says whether a channel may miss a reset at all.
   *
   * @param channel of any kind
   * @return true with io_uring over TCP
   */
  public static boolean isPossible(Channel channel) {
    return channel instanceof IoUringSocketChannel;
  }

  /**
   * Says whether a connection is gone though neither side has finished. A call of the system, but
   * only for a channel that may miss a reset.
   *
   * @param channel of any kind; on its event loop
   * @return true if it has to be closed
   */
  public static boolean happenedTo(Channel channel) {
    return channel instanceof IoUringSocketChannel connection
        && connection.isActive()
        && !connection.isInputShutdown()
        && !connection.isOutputShutdown()
        && connection.tcpInfo().state() == TCP_CLOSE;
  }
}
