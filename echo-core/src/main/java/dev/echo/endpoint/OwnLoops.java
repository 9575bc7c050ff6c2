package dev.echo.endpoint;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Event loops that whoever made them also ends. Thread-safe. */
public final class OwnLoops {
  private static final long TIMEOUT_SECONDS = 2;

  private final Threads threads;
  private final EventLoopGroup group;

  private OwnLoops(Threads threads, EventLoopGroup group) {
    this.threads = threads;
    this.group = group;
  }

  /**
   * Makes loops; each starts its thread when it gets its first work.
   *
   * @param transport that they drive
   * @param count of loops; 1 or more
   * @param name of their threads
   * @return the loops
   */
  public static OwnLoops of(Transport transport, int count, String name) {
    return of(transport, count, new Threads(name, false));
  }

  /**
   * Makes loops whose threads keep no virtual machine alive.
   *
   * @param transport that they drive
   * @param count of loops; 1 or more
   * @param name of their threads
   * @return the loops
   */
  public static OwnLoops daemons(Transport transport, int count, String name) {
    return of(transport, count, new Threads(name, true));
  }

  private static OwnLoops of(Transport transport, int count, Threads threads) {
    return new OwnLoops(
        threads, new MultiThreadIoEventLoopGroup(count, threads, transport.ioHandlers()));
  }

  /**
   * The loops, for a bootstrap.
   *
   * @return not to be shut down but by {@link #end()}
   */
  public EventLoopGroup group() {
    return group;
  }

  /**
   * Closes all channels of the loops, and ends them.
   *
   * @return completes, on no event loop, when their threads have ended
   */
  public CompletableFuture<Void> end() {
    LoopStage<Void> ended = LoopStage.of(group);
    group
        .shutdownGracefully(0, TIMEOUT_SECONDS, TimeUnit.SECONDS)
        // A loop says that it is over shortly before its thread is.
        .addListener(over -> ended.completeAsync(threads::join));
    return ended;
  }

  /** Knows the threads that it made. */
  private static final class Threads extends DefaultThreadFactory {
    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

    Threads(String name, boolean daemon) {
      super(name, daemon);
    }

    @Override
    protected Thread newThread(Runnable work, String name) {
      Thread thread = super.newThread(work, name);
      made.add(thread);
      return thread;
    }

    Void join() {
      boolean interrupted = false;
      for (Thread thread = made.poll(); thread != null; ) {
        try {
          thread.join();
          thread = made.poll();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return null;
    }
  }
}
