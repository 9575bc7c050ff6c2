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
import dev.echo.load.Quantile;
import dev.echo.report.Paragraphs;
import dev.echo.report.Report;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.Rates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Looks for the highest rate, and hands on the answer and the runs that led to it. */
final class SearchRun {
  private final BenchConfig config;
  private final Environment environment;
  private final Measurement measurement;

  /** Of the runs, in their order; the same rate is tried more than once. */
  private final List<String> names = new ArrayList<>();

  private final Map<String, Integer> tries = new HashMap<>();

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
    Step shown = found.shown();
    String name = "";
    for (int i = 0; i < names.size(); i++) {
      Step step = found.steps().get(i);
      if (step.equals(shown)) {
        name = names.get(i) + (found.holds() > 0 ? "" : ", the last rate tried");
      } else {
        config.outputs().step(new Report(names.get(i), step.result(), assessment(step)));
      }
    }
    Assessment verdict = found.addTo(assessment(shown));
    ExitStatus signal = environment.interruption().requested().getNow(ExitStatus.OK);
    if (signal != ExitStatus.OK) {
      verdict = verdict.and(signal, "interrupted");
    }
    Report report = new Report(name, shown.result(), verdict);
    if (found.limit() == MaxRate.Limit.BROKEN) {
      config.outputs().step(report);
    } else {
      config.outputs().report(report);
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(Paragraphs.lines(found.lines()));
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
            .seed(plan.seed() + names.size())
            .build();
    String name = Rates.format(rate);
    int tried = tries.merge(name, 1, Integer::sum);
    names.add(tried == 1 ? name : name + " (" + tried + ")");
    return measurement.start(step, names.get(names.size() - 1));
  }

  /** A line for each step, on standard error: they take long. */
  private void tell(Step step) {
    if (config.verbosity() == Verbosity.QUIET) {
      return;
    }
    String outcome = step.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    environment
        .err()
        .line(
            String.format(
                Locale.ROOT,
                "%12s  %s%s",
                Rates.format(step.rate()),
                step.outcome() == Outcome.HOLDS ? "holds" + p99(step) : outcome,
                step.why().isEmpty() ? "" : ": " + step.why()));
  }

  private static String p99(Step step) {
    Quantile p99 = step.result().quantile(Measure.RESPONSE, 99);
    return switch (p99.bound()) {
      case EXACT -> ", p99 " + Durations.format(p99.nanos());
      case AT_LEAST -> ", p99 >= " + Durations.format(p99.nanos());
      case NOT_CARRIED -> "";
    };
  }

  private Assessment assessment(Step step) {
    return Assessment.of(step.result(), config.expectation().searched());
  }
}
