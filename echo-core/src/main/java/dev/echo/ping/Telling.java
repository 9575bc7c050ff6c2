package dev.echo.ping;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls a listener on a thread of its own, in order. */
final class Telling {
  private static final int MAX_BEHIND = 65_536;

  private final PingListener listener;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::newThread);

  private volatile @Nullable Thread only;

  Telling(PingListener listener) {
    this.listener = listener;
  }

  void tell(Consumer<PingListener> event) {
    if (thread.getQueue().size() < MAX_BEHIND) {
      thread.execute(() -> call(event));
    }
  }

  /** Runs on an executor when everything so far has been told, unless that has ended meanwhile. */
  void then(Executor executor, Runnable next) {
    thread.execute(
        () -> {
          try {
            executor.execute(next);
          } catch (RejectedExecutionException over) {
            // The run has ended without it.
          }
        });
  }

  /** Completes with the first that the listener has thrown. */
  CompletableFuture<Throwable> failure() {
    return failure;
  }

  /** Completes, on another thread, when everything has been told and the thread has ended. */
  CompletableFuture<Void> end() {
    CompletableFuture<Void> told = new CompletableFuture<>();
    thread.execute(() -> told.complete(null));
    thread.shutdown();
    return told.thenRunAsync(this::join);
  }

  private void join() {
    Thread last = only;
    try {
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Thread newThread(Runnable work) {
    Thread made = new Thread(work, "echo-ping-listener");
    made.setDaemon(true);
    only = made;
    return made;
  }

  @SuppressWarnings("CatchingUnchecked") // whatever a listener throws
  private void call(Consumer<PingListener> event) {
    try {
      if (!failure.isDone()) {
        event.accept(listener);
      }
    } catch (Exception | Error e) {
      failure.complete(e);
    }
  }
}
