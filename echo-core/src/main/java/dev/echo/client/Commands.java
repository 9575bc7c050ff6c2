package dev.echo.client;

import io.netty.util.concurrent.EventExecutor;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What callers ask of a connection, from any thread, done in the order of the calls on its event
 * loop: many at a time, so that many messages leave with one flush.
 */
final class Commands {
  /** The event loop serves other connections after this many. */
  private static final int BATCH = 1024;

  private final EventExecutor loop;
  private final Runnable afterBatch;
  private final Runnable loopOver;
  private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * Does commands on a loop.
   *
   * @param afterBatch is run after many
   * @param loopOver is run on any thread before commands that come after the end of the loop
   */
  Commands(EventExecutor loop, Runnable afterBatch, Runnable loopOver) {
    this.loop = loop;
    this.afterBatch = afterBatch;
    this.loopOver = loopOver;
  }

  /** Adds a command. It must bear to run on any thread once the loop has terminated. */
  void submit(Runnable command) {
    queue.add(command);
    schedule();
  }

  /** Does what waits; on the event loop. */
  void run() {
    for (int done = 0; done < BATCH; done++) {
      Runnable next = queue.poll();
      if (next == null) {
        break;
      }
      next.run();
    }
    afterBatch.run();
    if (!queue.isEmpty()) {
      schedule();
    }
  }

  private void schedule() {
    if (!scheduled.compareAndSet(false, true)) {
      return;
    }
    try {
      loop.execute(
          () -> {
            scheduled.set(false);
            run();
          });
    } catch (RejectedExecutionException terminated) {
      scheduled.set(false);
      loopOver.run();
      for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
        next.run();
      }
    }
  }
}
