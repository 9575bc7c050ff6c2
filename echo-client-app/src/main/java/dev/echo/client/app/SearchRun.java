package dev.echo.client.app;

import dev.echo.load.Amount;
import dev.echo.load.Assessment;
import dev.echo.load.FindMax;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadResult;
import dev.echo.load.MaxRate;
import dev.echo.load.MaxRate.Outcome;
import dev.echo.load.MaxRate.Step;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.report.Report;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/** Looks for the highest rate, and hands on the answer and the runs that led to it. */
final class SearchRun {
  private final BenchConfig config;
  private final Environment environment;
  private final Measurement measurement;
  private int started;

  SearchRun(BenchConfig config, Environment environment, LoadStarter starter) {
    this.config = config;
    this.environment = environment;
    measurement = new Measurement(ofSteps(config, environment), environment, starter);
  }

  /** There are so many slices that only what is redrawn can show them. */
  private static BenchConfig ofSteps(BenchConfig config, Environment environment) {
    Verbosity verbosity = environment.err().canRedraw() ? config.verbosity() : Verbosity.QUIET;
    return new BenchConfig(
        config.plan(), config.hint(), config.expectation(), config.outputs(), verbosity);
  }

  /** Searches to the end, or until a signal comes. */
  ExitStatus run() throws InterruptedException {
    MaxRate found =
        Stages.value(FindMax.start(config.expectation().searched(), this::start, this::tell));
    List<Step> steps = found.steps();
    for (Step step : steps.subList(0, steps.size() - 1)) {
      config.outputs().step(report(step, assessment(step)));
    }
    Step last = steps.get(steps.size() - 1);
    Assessment verdict = found.addTo(assessment(last));
    ExitStatus signal = environment.interruption().requested().getNow(ExitStatus.OK);
    if (signal != ExitStatus.OK) {
      verdict = verdict.and(signal, "interrupted");
    }
    if (found.limit() == MaxRate.Limit.BROKEN) {
      config.outputs().step(report(last, verdict));
    } else {
      config.outputs().report(report(last, verdict));
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(found.lines());
    config.outputs().text(lines);
    if (!config.outputs().isForPeople()) {
      found.lines().forEach(environment.err()::line);
    }
    return verdict.status();
  }

  private CompletionStage<LoadResult> start(double rate) {
    LoadPlan plan = config.plan();
    Duration time =
        plan.amount() instanceof Amount.Time given ? given.duration() : FindMax.MIN_STEP;
    LoadPlan step =
        plan.toBuilder()
            .pace(Pace.perSecond(rate))
            .amount(new Amount.Time(time))
            .seed(plan.seed() + started)
            .build();
    started++;
    return measurement.start(step, name(rate));
  }

  /** A line for each step, on standard error: they take long. */
  private void tell(Step step) {
    if (config.verbosity() == Verbosity.QUIET) {
      return;
    }
    String p99 = Durations.format(step.result().quantile(Measure.RESPONSE, 99).nanos());
    String outcome = step.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    environment
        .err()
        .line(
            "%12s  %s%s"
                .formatted(
                    name(step.rate()),
                    step.outcome() == Outcome.HOLDS ? "holds, p99 " + p99 : outcome,
                    step.why().isEmpty() ? "" : ": " + step.why()));
  }

  private Assessment assessment(Step step) {
    return Assessment.of(step.result(), config.expectation().searched());
  }

  private static Report report(Step step, Assessment assessment) {
    return new Report(name(step.rate()), step.result(), assessment);
  }

  private static String name(double rate) {
    return Rates.format(rate);
  }
}
