package dev.echo.client.app;

import dev.echo.load.ConnectionCounts;
import dev.echo.load.Interval;
import dev.echo.load.LoadListener;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.Trouble;
import dev.echo.payload.WrongEcho;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Starts runs that are shown, written down slice by slice, and ended by a signal. */
final class Measurement {
  private final BenchConfig config;
  private final Environment environment;
  private final LoadStarter starter;

  Measurement(BenchConfig config, Environment environment, LoadStarter starter) {
    this.config = config;
    this.environment = environment;
    this.starter = starter;
  }

  /**
   * Starts one.
   *
   * @param name of its report
   */
  CompletionStage<LoadResult> start(LoadPlan plan, String name) {
    BenchProgress progress = new BenchProgress(plan, environment.err(), config.verbosity());
    LoadStarter.Started run = starter.start(plan, new Listener(name, progress));
    environment.interruption().requested().thenRun(run.stop());
    environment.interruption().onQuestion(progress::tell);
    return run.result().whenComplete((result, failure) -> progress.close());
  }

  private final class Listener implements LoadListener {
    private final String name;
    private final BenchProgress progress;

    Listener(String name, BenchProgress progress) {
      this.name = name;
      this.progress = progress;
    }

    @Override
    public void started(ConnectionCounts connections) {
      progress.started(connections);
    }

    @Override
    public void interval(Interval interval) {
      config.outputs().interval(name, interval);
      progress.interval(interval);
    }

    @Override
    public void trouble(Trouble trouble) {
      progress.trouble(trouble);
    }

    @Override
    public void advice(List<String> advice) {
      progress.advice(advice);
    }

    @Override
    public void wrong(WrongEcho wrong) {
      progress.wrong(wrong);
    }
  }
}
