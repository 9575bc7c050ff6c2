package dev.echo.client.app;

import dev.echo.endpoint.Endpoint;
import dev.echo.ping.PingPlan;
import dev.echo.ping.PingResult;
import dev.echo.ping.PingRun;
import dev.echo.text.ExitStatus;
import dev.echo.text.Sizes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Sends a message every second and says what came back, until it is interrupted. */
@CommandLine.Command(
    name = "ping",
    sortOptions = false,
    customSynopsis = "echo-client ping [OPTIONS] [TARGET [FLOWS]]",
    description = {
      "",
      "Sends a message every second, verifies each byte that comes back, and tells how",
      "long it took. ^C ends it with a summary and the exit status of its verdict. A",
      "connection that is lost is made again.",
      "",
    },
    header = {
      "Examples:",
      "  echo-client ping                        127.0.0.1 65432, until ^C",
      "  echo-client ping HOST PORT -n 10        ten of them",
      "  echo-client ping HOST:PORT --flows 16   sixteen connections, each from its own",
      "                                          port: finds the one bad path of many",
      "  echo-client ping HOST:PORT -i 10ms -q   a hundred a second, the summary alone",
      "",
    },
    footer = {
      "",
      "time is the service time: from sending until every byte was back and verified.",
      "residence is how long an echo-server had it; that leaves out kernel buffers, so",
      "the rest is not \"the network\". floor is the same for an echo in this process:",
      "what the client and this machine take by themselves.",
      "A ping not back within --timeout is missing; a connection on which nothing moves",
      "for so long, and at least 1s, is made again.",
      "Sizes: 64 1k 64KiB. Times: 500ms 10s 1m.",
      "Exit status: 0 all came back, 1 wrong bytes, 2 usage, 3 some flow never had a",
      "connection, 4 a ping is missing, 130 stopped before the first one.",
    })
final class PingCommand implements Command {
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(24);

  @Parameters(
      paramLabel = "TARGET",
      arity = "0..*",
      hideParamSyntax = true,
      description = {
        "URI (tcp, tls, udp, unix, ws, wss), HOST:PORT, [IPV6]:PORT or HOST PORT (default:"
            + " 127.0.0.1 65432);"
            + " the word after it is --flows"
      })
  private List<String> words = new ArrayList<>();

  @Option(
      names = "-i",
      order = 1,
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "from one ping to the next, whatever is outstanding (default: 1s)")
  private Duration interval = Duration.ofSeconds(1);

  @Option(
      names = "-n",
      order = 2,
      paramLabel = "NUMBER",
      description = "pings of each flow (default: until ^C)")
  private @Nullable Long count;

  @Option(
      names = "-s",
      order = 3,
      paramLabel = "SIZE",
      defaultValue = "64",
      description = "bytes of a ping, random, at most 1MiB (default: 64)")
  void size(String size) {
    try {
      payloadBytes = (int) Math.min(Sizes.parse(size), Integer.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("-s: " + e.getMessage());
    }
    if (payloadBytes > PingPlan.MAX_PAYLOAD_BYTES) {
      throw new TypeConversionException("-s: '" + size + "' (expected: at most 1MiB)");
    }
  }

  private int payloadBytes;

  @Option(
      names = "--flows",
      order = 4,
      paramLabel = "NUMBER",
      description = "connections, each reported by itself (default: 1)")
  private @Nullable Integer flows;

  /** What {@code -c} means to ping(8) is not what it means to the other commands here. */
  @Option(names = "-c", hidden = true, paramLabel = "NUMBER")
  private @Nullable String ambiguous;

  @Mixin private final ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = "--timeout",
      order = 12,
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "a ping that is not back by then is missing (default: 10s)")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--json",
      order = 21,
      description = "an object for each event and a summary on standard output")
  private boolean json;

  @Option(
      names = "-q",
      order = 23,
      description = "no line for each ping: the summary, and what goes wrong")
  private boolean quiet;

  @Override
  public ExitStatus run(Environment environment) throws InterruptedException {
    Target target = Target.parse(words, "--flows");
    connection.check(target.endpoint(), environment.err());
    PingPlan plan = plan(target.endpoint(), target.connections());
    Verbosity verbosity = quiet ? Verbosity.QUIET : Verbosity.NORMAL;
    Target hinted = flows == null ? target : target.withoutHint();
    PingText text = new PingText(plan, environment, verbosity, hinted.hint());
    PingReport report =
        json
            ? new PingReports(text.onErrorOnly(), new PingJson(plan, environment, verbosity))
            : text;
    PingProgress progress = new PingProgress(environment.err());
    environment.interruption().onQuestion(progress::tell);
    CompletableFuture<ExitStatus> interrupted = environment.interruption().requested();
    PingRun run = PingRun.start(plan, new PingReports(report, progress));
    CompletableFuture<PingResult> result = run.result().toCompletableFuture();
    Stages.failure(CompletableFuture.anyOf(result, interrupted, environment.out().broken()));
    run.stop();
    Throwable failure = Stages.failure(result);
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
    report.summary(result.join());
    environment.out().close(interrupted.isDone() ? PATIENCE : FOREVER);
    return result.join().status();
  }

  private PingPlan plan(Endpoint endpoint, OptionalInt word) {
    if (flows != null && word.isPresent() && flows != word.getAsInt()) {
      throw new IllegalArgumentException(
          "--flows " + flows + " and " + word.getAsInt() + ": flows, said twice");
    }
    if (ambiguous != null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "-c: -n %s for so many pings, --flows %s for so many connections",
              ambiguous,
              ambiguous));
    }
    if (count != null && count <= 0) {
      throw new IllegalArgumentException("-n: " + count + " (expected: > 0)");
    }
    if (interval.compareTo(LEAST_INTERVAL) < 0 || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw ConnectionOptions.refused("-i", interval, "1ms to 24d");
    }
    return PingPlan.builder(endpoint)
        .flows(Descriptors.checked(flows != null ? flows : word.orElse(1)))
        .count(count == null ? PingPlan.UNTIL_STOPPED : count)
        .interval(interval)
        .payloadBytes(payloadBytes)
        .mode(connection.mode())
        .timeout(ConnectionOptions.checked("--timeout", timeout))
        .connectTimeout(connection.connectTimeout())
        .front(connection.front())
        .build();
  }
}
