package dev.echo.client.app;

import dev.echo.load.LoadPlan;
import dev.echo.text.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures a path under load. */
@CommandLine.Command(
    name = "bench",
    sortOptions = false,
    customSynopsis = "echo-client bench [OPTIONS] [TARGET [CONNECTIONS]]",
    description = {
      "",
      "Sends messages when they are due, verifies every byte that comes back, and tells",
      "how long that took from when each was due (response time).",
      "",
    },
    header = {
      "Examples:",
      "  echo-client bench                          1,000/s for 10 s, one connection",
      "  echo-client bench HOST PORT 4 -r 20k       20,000/s over four connections",
      "  echo-client bench --expect 'p99<5ms,missing=0'   status 5 unless it holds",
      "  echo-client bench --find-max 'p99<5ms'     the highest rate where it holds",
      "  echo-client bench -r max -c 50             a closed loop: only how fast it is",
      "  echo-client bench --json -o a.jsonl        for report and --baseline",
      "  echo-client bench --repeat 5 --baseline a.jsonl   is it slower than then?",
      "",
    },
    footer = {
      "",
      "Sizes: 64 1k 64KiB. Times: 500ms 10s 1m. Rates: 500 10k 10k/s 0.5/s.",
      "Exit status: 0 ok, 1 wrong bytes, 2 usage, 3 unreachable, 4 an echo is missing,",
      "5 --expect or --baseline not met, 6 the client itself was too late or the run",
      "too short to say, 130 and 143 interrupted.",
    })
final class BenchCommand implements Command {
  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      hideParamSyntax = true,
      description = {
        "URI (tcp, tls, udp, unix, ws, wss), HOST:PORT, [IPV6]:PORT or HOST PORT (default:"
            + " 127.0.0.1 65432);"
            + " the word after it is -c"
      })
  private List<String> words = new ArrayList<>();

  @Mixin private final LoadOptions load = new LoadOptions();

  @Mixin private final PayloadOptions payload = new PayloadOptions();

  @Mixin private final JudgeOptions judge = new JudgeOptions();

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "-q",
      order = 60,
      description = "on standard error only what goes wrong (default: progress)")
  private boolean quiet;

  private final LoadStarter starter;

  BenchCommand() {
    this(LoadStarter.NETWORK);
  }

  BenchCommand(LoadStarter starter) {
    this.starter = starter;
  }

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    if (judge.isSearch()) {
      load.checkForSearch();
    }
    Target target = Target.parse(words);
    load.check(target.endpoint(), environment.err());
    LoadPlan plan = load.plan(target, payload, environment.in());
    Expectation expectation = judge.expectation(plan);
    List<Path> kept =
        Stream.of(Stream.ofNullable(judge.baseline()), payload.files(), load.files())
            .flatMap(files -> files)
            .toList();
    Verbosity verbosity = quiet ? Verbosity.QUIET : Verbosity.NORMAL;
    try (Outputs outputs = new Outputs()) {
      environment.interruption().beforeHalt(outputs::abandon);
      output.open(outputs, environment.out(), kept);
      BenchConfig config = new BenchConfig(plan, target.hint(), expectation, outputs, verbosity);
      ExitStatus status =
          judge.isSearch()
              ? new SearchRun(config, environment, starter).run()
              : new BenchRun(config, environment, starter).run();
      return outputs.end(status, environment.err());
    }
  }
}
