package dev.echo.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** One run of a plan, while it goes on. For any thread. */
public final class LoadRun {
  private final LoadPlan plan;
  private final Conductor conductor;
  private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

  private LoadRun(LoadPlan plan, LoadListener listener) {
    this.plan = plan;
    conductor = new Conductor(plan, listener);
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
    Thread thread = new Thread(run::conduct, "echo-load-run");
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  /**
   * Runs a plan and waits for its result.
   *
   * @param plan what to do
   * @return what was measured
   */
  public static LoadResult run(LoadPlan plan) {
    return start(plan, LoadListener.NONE).result.join();
  }

  /**
   * What it measured.
   *
   * @return completes when the run has ended, however it did; does not fail because of a peer
   */
  public CompletionStage<LoadResult> result() {
    return result.minimalCompletionStage();
  }

  /**
   * Ends the run: sends no more, and waits up to half a second for what is under way. What was
   * measured so far is in the result.
   */
  public void stop() {
    conductor.stop(Ending.INTERRUPTED);
  }

  @SuppressWarnings("CatchingUnchecked") // whoever waits for the result must hear of it
  private void conduct() {
    try {
      Rehearsal.playOnce(plan);
      result.complete(conductor.run());
    } catch (CompletionException e) {
      result.completeExceptionally(e.getCause() == null ? e : e.getCause());
    } catch (Exception | Error e) {
      result.completeExceptionally(e);
    }
  }
}
