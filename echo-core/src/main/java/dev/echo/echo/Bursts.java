package dev.echo.echo;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * First reads, then writes: the connections of an event loop that had something to read in one of
 * its rounds are answered together at the end of the round.
 *
 * <p>Written one by one, between the reads, each answer wakes a peer on another processor that has
 * had time to fall asleep since the last one; the wake-up costs the writer more than the write.
 * Written in a burst, the first wakes it and the rest find it awake. A connection alone on its loop
 * has nothing to wait for. Thread-safe; one serves all loops of a server.
 */
public final class Bursts {
  private final Map<EventExecutor, Burst> bursts = new ConcurrentHashMap<>();

  /** Makes one without connections. */
  public Bursts() {}

  /** A connection begins. Called on {@code loop}, as is all that follows. */
  Burst joined(EventExecutor loop) {
    Burst burst = bursts.computeIfAbsent(loop, Burst::new);
    burst.connections++;
    return burst;
  }

  /** The connections of one event loop. */
  static final class Burst implements Runnable {
    private final EventExecutor loop;
    private final List<ChannelHandlerContext> read = new ArrayList<>();
    private int connections;

    private Burst(EventExecutor loop) {
      this.loop = loop;
    }

    void left() {
      connections--;
    }

    boolean isShared() {
      return connections > 1;
    }

    /** The read of a connection is complete: goes on behind the others of this round. */
    void add(ChannelHandlerContext ctx) {
      if (read.isEmpty()) {
        loop.execute(this);
      }
      read.add(ctx);
    }

    @Override
    public void run() {
      // Not for each: going on may complete another read.
      for (int i = 0; i < read.size(); i++) {
        read.get(i).fireChannelReadComplete();
      }
      read.clear();
    }
  }
}
