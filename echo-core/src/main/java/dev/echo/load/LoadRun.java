package dev.echo.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One run of a plan, while it goes on. For any thread. */
public final class LoadRun {
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

  private LoadRun() {}

  /**
   * Starts a run, with event loops of its own.
   *
   * @param plan what to do
   * @param listener sees what happens
   * @return the run
   */
  public static LoadRun start(LoadPlan plan, LoadListener listener) {
    LoadRun run = new LoadRun();
    run.result.completeExceptionally(new UnsupportedOperationException(plan + " " + listener));
    return run;
  }

  /**
   * What it measured.
   *
   * @return completes when the run has ended, however it did; does not fail because of a peer
   */
  public CompletionStage<LoadResult> result() {
    return result.minimalCompletionStage();
  }

  /** Ends the run now. What was measured so far is in the result. */
  public void stop() {}
}
