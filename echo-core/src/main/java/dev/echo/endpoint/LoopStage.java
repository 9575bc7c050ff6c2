package dev.echo.endpoint;

import io.netty.util.concurrent.BlockingOperationException;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A stage that event loops complete. Whoever waits for it on one of them would wait for ever, since
 * the loop cannot go on: {@code join} and {@code get} throw a {@link BlockingOperationException}
 * there, unless it is complete. Stages that are chained to it do the same; a future that {@code
 * CompletableFuture.allOf} or {@code anyOf} makes of it does not, since neither asks the stages: do
 * not wait for one on a loop.
 *
 * @param <T> what it completes with
 */
public final class LoopStage<T> extends CompletableFuture<T> {
  private final List<EventExecutorGroup> loops;

  private LoopStage(List<EventExecutorGroup> loops) {
    this.loops = loops;
  }

  /**
   * Makes one that is not complete.
   *
   * @param loops that complete it, or that something runs on which it waits for
   * @param <T> what it completes with
   * @return the stage
   */
  public static <T> LoopStage<T> of(EventExecutorGroup... loops) {
    return new LoopStage<>(List.of(loops));
  }

  /**
   * Makes one that is not complete.
   *
   * @param loops that complete it, or that something runs on which it waits for
   * @param <T> what it completes with
   * @return the stage
   */
  public static <T> LoopStage<T> of(List<EventExecutorGroup> loops) {
    return new LoopStage<>(List.copyOf(loops));
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new LoopStage<>(loops);
  }

  @Override
  public T join() {
    checkThread();
    return super.join();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    checkThread();
    return super.get();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    checkThread();
    return super.get(timeout, unit);
  }

  /**
   * Completes this stage as another one does.
   *
   * @param value of the other, or null
   * @param failure of the other itself, not wrapped, or null
   */
  public void settle(@Nullable T value, @Nullable Throwable failure) {
    if (failure == null) {
      complete(value);
    } else {
      completeExceptionally(failure);
    }
  }

  private void checkThread() {
    if (isDone()) {
      return;
    }
    for (EventExecutorGroup group : loops) {
      for (EventExecutor loop : group) {
        if (loop.inEventLoop()) {
          throw new BlockingOperationException(
              "waiting on the event loop that completes this stage would never end"
                  + " (expected: chain to the stage, or wait on another thread)");
        }
      }
    }
  }
}
