package dev.echo.client.app;

import dev.echo.load.Assessment;
import dev.echo.load.Baseline;
import dev.echo.load.Ending;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.report.Report;
import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/** Runs a plan, once or several times, and hands on what was measured. */
final class BenchRun {
  private final BenchConfig config;
  private final Environment environment;
  private final Measurement measurement;
  private final List<LoadResult> results = new ArrayList<>();
  private ExitStatus status = ExitStatus.OK;

  BenchRun(BenchConfig config, Environment environment, LoadStarter starter) {
    this.config = config;
    this.environment = environment;
    measurement = new Measurement(config, environment, starter);
  }

  /** Runs to the end, or until a signal comes or nobody answers. */
  ExitStatus run() throws InterruptedException {
    int runs = config.expectation().repeat();
    boolean goesOn = true;
    for (int number = 1; number <= runs && goesOn; number++) {
      String name = runs == 1 ? "" : "run " + number;
      LoadResult result = Stages.value(measurement.start(plan(number), name));
      results.add(result);
      goesOn = !isInterrupted(result) && result.ending() != Ending.UNREACHABLE;
      boolean isLast = number == runs || !goesOn;
      hand(new Report(name, result, assessment(result, isLast)));
    }
    if (results.size() > 1) {
      config.outputs().text(RunSummary.lines(results));
    }
    return status;
  }

  /** Each run has bytes of its own. */
  private LoadPlan plan(int number) {
    LoadPlan plan = config.plan();
    return plan.toBuilder().seed(plan.seed() + number - 1).build();
  }

  private boolean isInterrupted(LoadResult result) {
    return result.ending() == Ending.INTERRUPTED || environment.interruption().requested().isDone();
  }

  private Assessment assessment(LoadResult result, boolean isLast) {
    Expectation expectation = config.expectation();
    Assessment assessment = Assessment.of(result, expectation.conditions());
    if (isLast && !expectation.baseline().isEmpty()) {
      assessment =
          Baseline.of(
                  expectation.baseline(),
                  results,
                  expectation.conditions(),
                  expectation.maxRegress())
              .addTo(assessment);
    }
    return isInterrupted(result)
        ? assessment.and(
            environment.interruption().requested().getNow(ExitStatus.INTERRUPTED), "interrupted")
        : assessment;
  }

  private void hand(Report report) {
    status = status.and(report.assessment().status());
    if (report.result().ending() == Ending.UNREACHABLE) {
      // People were told already; a page of zeros says no more.
      config.outputs().step(report);
      if (!config.hint().isEmpty()) {
        environment.err().line("  " + config.hint());
      }
    } else {
      config.outputs().report(report);
      Verdicts.tell(report, config, environment.err());
    }
  }
}
