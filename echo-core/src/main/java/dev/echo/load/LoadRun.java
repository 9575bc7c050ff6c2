package dev.echo.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** One run of a plan, while it goes on. For any thread. */
public final class LoadRun {
  private final LoadPlan plan;
  private final Conductor conductor;
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
  private final Thread thread = new Thread(this::conduct, "echo-load-run");

  private LoadRun(LoadPlan plan, LoadListener listener) {
    this.plan = plan;
    conductor = new Conductor(plan, listener);
    thread.setDaemon(true);
  }

  /**
   * Starts a run, with threads of its own, which end with it.
   *
   * @param plan what to do
   * @param listener sees what happens
   * @return the run
   */
  public static LoadRun start(LoadPlan plan, LoadListener listener) {
    LoadRun run = new LoadRun(plan, listener);
    run.thread.start();
    return run;
  }

  /**
   * Runs a plan and waits for its result. An interrupt of the calling thread ends the run as {@link
   * #stop()} does; the result says so, and the thread is interrupted still.
   *
   * @param plan what to do
   * @return what was measured; the threads of the run have ended
   */
  public static LoadResult run(LoadPlan plan) {
    LoadRun run = start(plan, LoadListener.NONE);
    boolean isInterrupted = false;
    while (true) {
      try {
        run.result.get();
        break;
      } catch (InterruptedException e) {
        isInterrupted = true;
        run.stop();
      } catch (ExecutionException e) {
        break;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
    return run.result.join();
  }

  /**
   * What it measured.
   *
   * @return completes when the run and its threads have ended, however it did; does not fail
   *     because of a peer
   */
  public CompletionStage<LoadResult> result() {
    return result.minimalCompletionStage();
  }

  /**
   * Ends the run: sends no more, and waits up to half a second for what is under way; if it is
   * still connecting, at once. What was measured so far is in the result.
   */
  public void stop() {
    conductor.stop(Ending.INTERRUPTED);
  }

  @SuppressWarnings("CatchingUnchecked") // whoever waits for the result must hear of it
  private void conduct() {
    try {
      Rehearsal.playOnce(plan);
      LoadResult measured = conductor.run();
      afterThread(() -> result.complete(measured));
    } catch (CompletionException e) {
      afterThread(() -> result.completeExceptionally(e.getCause() == null ? e : e.getCause()));
    } catch (Exception | Error e) {
      afterThread(() -> result.completeExceptionally(e));
    }
  }

  /** Whoever hears of the end finds this thread ended. */
  private void afterThread(Runnable told) {
    CompletableFuture<Void> unused =
        CompletableFuture.runAsync(
            () -> {
              joinThread();
              told.run();
            });
  }

  private void joinThread() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
