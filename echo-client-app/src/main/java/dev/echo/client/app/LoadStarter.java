package dev.echo.client.app;

import dev.echo.load.LoadListener;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.LoadRun;
import java.util.concurrent.CompletionStage;

/** Starts runs: real ones, or those of a test. */
interface LoadStarter {
  /** Runs over the network. */
  LoadStarter NETWORK =
      (plan, listener) -> {
        LoadRun run = LoadRun.start(plan, listener);
        return new Started(run.result(), run::stop);
      };

  /** Starts a run. */
  Started start(LoadPlan plan, LoadListener listener);

  /**
   * A run that goes on.
   *
   * @param result completes when it has ended
   * @param stop ends it
   */
  record Started(CompletionStage<LoadResult> result, Runnable stop) {}
}
