package dev.echo.ping;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Calls a listener on a thread of its own, in order. */
final class Telling {
  private static final int MAX_BEHIND = 65_536;

  private final PingListener listener;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          new DefaultThreadFactory("echo-ping-listener", true));

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

  /** Runs last, when everything has been told. */
  void end(Runnable last) {
    thread.execute(last);
    thread.shutdown();
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
