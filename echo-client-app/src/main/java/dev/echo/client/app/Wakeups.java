package dev.echo.client.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task on one of several workers whenever it is woken: on one at a time, and once more if it
 * was woken meanwhile. So its state needs no lock.
 */
final class Wakeups {
  private final Executor workers;
  private final Runnable task;
  private final Runnable refused;
  private final AtomicInteger pending = new AtomicInteger();

  /**
   * Nothing runs before the first call.
   *
   * @param refused runs, on the caller's thread, when the workers take no more
   */
  Wakeups(Executor workers, Runnable task, Runnable refused) {
    this.workers = workers;
    this.task = task;
    this.refused = refused;
  }

  /** Wakes it. For any thread. */
  void wake() {
    if (pending.getAndIncrement() == 0) {
      try {
        workers.execute(this::run);
      } catch (RejectedExecutionException e) {
        refused.run();
      }
    }
  }

  /** Wakes it when something is complete, in whatever way. */
  void when(CompletableFuture<?> future) {
    future.whenComplete((value, failure) -> wake());
  }

  private void run() {
    int seen;
    do {
      seen = pending.get();
      task.run();
    } while (pending.addAndGet(-seen) != 0);
  }
}
