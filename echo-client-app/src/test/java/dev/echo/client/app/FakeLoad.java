package dev.echo.client.app;

import dev.echo.load.ConnectionCounts;
import dev.echo.load.Ending;
import dev.echo.load.LoadListener;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.SampleResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Runs that take no time and have the results that a test wants. */
final class FakeLoad implements LoadStarter {
  private final Function<LoadPlan, SampleResult> results;
  private final List<LoadPlan> plans = new ArrayList<>();
  private boolean holds;

  private FakeLoad(Function<LoadPlan, SampleResult> results) {
    this.results = results;
  }

  /** Each run has the result that follows from its plan. */
  static FakeLoad of(Function<LoadPlan, SampleResult> results) {
    return new FakeLoad(results);
  }

  /** Runs that go on until they are stopped. */
  FakeLoad untilStopped() {
    holds = true;
    return this;
  }

  /** What was started. */
  List<LoadPlan> plans() {
    return plans;
  }

  @Override
  public Started start(LoadPlan plan, LoadListener listener) {
    plans.add(plan);
    LoadResult result = results.apply(plan).build();
    listener.started(result.connections());
    result.intervals().forEach(listener::interval);
    result.troubles().forEach(listener::trouble);
    result.wrong().forEach(listener::wrong);
    if (!holds) {
      return new Started(CompletableFuture.completedFuture(result), () -> {});
    }
    CompletableFuture<LoadResult> later = new CompletableFuture<>();
    return new Started(
        later, () -> later.complete(results.apply(plan).ending(Ending.INTERRUPTED).build()));
  }

  /** Nobody answers. */
  static SampleResult unreachable(LoadPlan plan) {
    return SampleResult.of(plan)
        .connections(new ConnectionCounts(plan.connections(), 0, plan.connections(), 0, 0, 0))
        .ending(Ending.UNREACHABLE);
  }

  /** Runs the command. */
  Ran bench(String... words) {
    return bench(new Interruption(), words);
  }

  /** Runs the command, and whoever has the interruption may end it. */
  Ran bench(Interruption interruption, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Environment streams =
        Environment.of(
            new ByteArrayInputStream("typed".getBytes(StandardCharsets.UTF_8)), out, err);
    Environment environment =
        new Environment(
            streams.in(), streams.inDestination(), streams.out(), streams.err(), interruption);
    Launcher launcher = new Launcher(environment);
    launcher.replace("bench", () -> new BenchCommand(this));
    String[] all = new String[words.length + 1];
    all[0] = "bench";
    System.arraycopy(words, 0, all, 1, words.length);
    return new Ran(launcher.run(all), out, err);
  }
}
