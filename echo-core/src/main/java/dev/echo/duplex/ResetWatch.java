package dev.echo.duplex;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections that were reset and that nobody told. With io_uring, when a peer resets its
 * connection while a read is under way that empties the socket, Netty (4.2.18) takes the event for
 * one that this read deals with, and waits for another; there is none any more. So the kernel is
 * asked: for each connection every {@value #TURNS} seconds, by one timer of an event loop that has
 * any. One for each event loop, and used by it only.
 */
public final class ResetWatch {
  /** The state of a socket that is no connection any more (Linux, {@code net/tcp_states.h}). */
  private static final int TCP_CLOSE = 7;

  /** In how many rounds, of a second each, every connection has its turn. */
  private static final int TURNS = 4;

  private static final FastThreadLocal<ResetWatch> OF_THIS_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected ResetWatch initialValue() {
          return new ResetWatch();
        }
      };

  private final List<IoUringSocketChannel> connections = new ArrayList<>();
  private boolean scheduled;
  private int turn;

  private ResetWatch() {}

  /**
   * Watches a connection until it is closed, if its channel may miss a reset.
   *
   * @param channel of any kind; registered, and this is its event loop
   */
  public static void add(Channel channel) {
    if (channel instanceof IoUringSocketChannel connection) {
      ResetWatch watch = OF_THIS_LOOP.get();
      watch.connections.add(connection);
      watch.scheduleNext(connection.eventLoop());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Nothing follows from it.
  private void scheduleNext(EventLoop loop) {
    if (!scheduled && !connections.isEmpty()) {
      scheduled = true;
      loop.schedule(() -> round(loop), 1, TimeUnit.SECONDS);
    }
  }

  private void round(EventLoop loop) {
    scheduled = false;
    turn++;
    // Backwards, since the last one takes the place of one that is closed.
    for (int i = connections.size() - 1; i >= 0; i--) {
      IoUringSocketChannel connection = connections.get(i);
      if ((i + turn) % TURNS == 0 && isReset(connection)) {
        connection.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
        connection.close();
      }
      if (!connection.isOpen()) {
        IoUringSocketChannel last = connections.remove(connections.size() - 1);
        if (i < connections.size()) {
          connections.set(i, last);
        }
      }
    }
    scheduleNext(loop);
  }

  /** Whether it is gone though neither side has finished. */
  private static boolean isReset(IoUringSocketChannel connection) {
    return connection.isActive()
        && !connection.isInputShutdown()
        && !connection.isOutputShutdown()
        && connection.tcpInfo().state() == TCP_CLOSE;
  }
}
