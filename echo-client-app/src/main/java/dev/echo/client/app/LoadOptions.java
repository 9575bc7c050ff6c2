package dev.echo.client.app;

import dev.echo.client.ClientMode;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Amount;
import dev.echo.load.FindMax;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlan.AfterFailure;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.LoadPlanBuilder;
import dev.echo.load.Pace;
import dev.echo.text.Durations;
import dev.echo.text.Rates;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what load is made. */
final class LoadOptions {
  private static final Duration LEAST_INTERVAL = Duration.ofMillis(10);

  private static final double MOST_PER_SECOND = 1e9;

  private @Nullable Pace pace;

  private @Nullable Transport transport;

  @Option(
      names = "-r",
      order = 1,
      paramLabel = "RATE",
      description = {
        "messages a second over all connections: 10k or 0.5, say; or max: each as soon as"
            + " the one before it is back (default: 1k)"
      })
  void rate(String text) {
    if (text.equalsIgnoreCase("max")) {
      pace = Pace.MAX;
      return;
    }
    try {
      double rate = Rates.parse(text);
      if (rate <= 0 || rate > MOST_PER_SECOND) {
        throw new IllegalArgumentException(
            "'" + text + "' (expected: more than 0/s and at most 1G/s)");
      }
      pace = Pace.perSecond(rate);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("-r: " + e.getMessage() + ", or max");
    }
  }

  @Option(names = "-c", order = 2, paramLabel = "NUMBER", description = "connections (default: 1)")
  private @Nullable Integer connections;

  @Option(
      names = "-d",
      order = 3,
      paramLabel = "TIME",
      description = "how long to measure (default: 10s)")
  private @Nullable Duration duration;

  @Option(
      names = "-n",
      order = 4,
      paramLabel = "NUMBER",
      description = "measure so many messages instead (default: what -d says)")
  private @Nullable Long messages;

  @Option(
      names = "--warmup",
      order = 7,
      paramLabel = "TIME",
      defaultValue = "2s",
      description = "warm-up before measuring; its figures are discarded (default: 2s)")
  private Duration warmup = Duration.ofSeconds(2);

  @Option(
      names = "--in-flight",
      order = 8,
      paramLabel = "NUMBER",
      description = {
        "messages in flight per connection at most; what that holds back is late, and"
            + " counted (default: 65536; with -r max: 1)"
      })
  private @Nullable Integer inFlight;

  @Option(
      names = "--new-connections",
      order = 9,
      description = "a connection for each message (default: kept)")
  private boolean newConnections;

  @Option(
      names = "--mode",
      order = 10,
      paramLabel = "MODE",
      defaultValue = "frames",
      description = "frames: messages; stream: bare bytes (default: frames)")
  private ClientMode mode = ClientMode.FRAMES;

  @Option(
      names = "--no-stamp",
      order = 11,
      description = "do not ask the server for its times (default: frames do)")
  private boolean noStamp;

  @Option(
      names = "--timeout",
      order = 12,
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "wait so long for the last echoes; udp: for each (default: 10s)")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--connect-timeout",
      order = 13,
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "connect timeout per address (default: 5s)")
  private Duration connectTimeout = Duration.ofSeconds(5);

  @Mixin private final FrontOptions front = new FrontOptions();

  @Option(
      names = "--fail-fast",
      order = 14,
      description = "end at the first failure (default: go on)")
  private boolean failFast;

  @Option(
      names = "--seed",
      order = 15,
      paramLabel = "NUMBER",
      description = "makes the payloads of an earlier run again (default: a new one)")
  private long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "--threads",
      order = 16,
      paramLabel = "NUMBER",
      description = "event loops (default: half the processors, at most -c)")
  private @Nullable Integer threads;

  @Option(
      names = "--transport",
      order = 17,
      paramLabel = "NAME",
      description = "nio, epoll, io_uring or kqueue (default: the fastest there is)")
  void transport(String name) {
    try {
      transport = Transport.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "--transport: '" + name + "' (expected: nio, epoll, io_uring, kqueue)");
    }
    if (!transport.isAvailable()) {
      throw new TypeConversionException("--transport: " + transport + " is not available here");
    }
  }

  @Option(
      names = "-I",
      order = 18,
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "length of the slices that are shown and saved (default: 1s)")
  private Duration interval = Duration.ofSeconds(1);

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the options contradict each other, or a file cannot be read
   */
  LoadPlan plan(Target target, PayloadOptions payload, InputStream in) {
    if (duration != null && messages != null) {
      throw new IllegalArgumentException("-d and -n: one of them");
    }
    ConnectionOptions.checked("--timeout", timeout);
    ConnectionOptions.checked("--connect-timeout", connectTimeout);
    if (interval.compareTo(LEAST_INTERVAL) < 0) {
      throw ConnectionOptions.refused(
          "-I", interval, "at least " + Durations.format(LEAST_INTERVAL));
    }
    LoadPlanBuilder plan =
        LoadPlan.builder(target.endpoint())
            .connections(Descriptors.checked(target.connections(connections)))
            .connectionUse(newConnections ? ConnectionUse.ONE_MESSAGE : ConnectionUse.KEEP)
            .amount(amount())
            .warmup(warmup)
            .payload(payload.source(in))
            .mode(mode)
            .stamps(mode == ClientMode.FRAMES && !noStamp ? Stamps.ON : Stamps.OFF)
            .seed(seed)
            .timeout(timeout)
            .connectTimeout(connectTimeout)
            .front(front.front())
            .afterFailure(failFast ? AfterFailure.END : AfterFailure.GO_ON)
            .interval(interval);
    if (pace != null) {
      plan.pace(pace);
    }
    if (inFlight != null) {
      plan.inFlight(positive("--in-flight", inFlight));
    }
    if (threads != null) {
      plan.loops(positive("--threads", threads));
    }
    if (transport != null) {
      plan.transport(transport);
    }
    return plan.build();
  }

  /** Says what the options mean for a target before anything is sent there. */
  void check(Endpoint endpoint, Screen err) {
    front.check(endpoint, err);
    if (newConnections && endpoint instanceof UdpEndpoint) {
      throw new IllegalArgumentException("--new-connections: " + endpoint + " has no connections");
    }
  }

  /** What is read, and must not be written over. */
  Stream<Path> files() {
    return front.files();
  }

  /** Refuses what a search for the rate decides by itself. */
  void checkForSearch() {
    if (pace != null) {
      throw new IllegalArgumentException("--find-max and -r: the rate is what is looked for");
    }
    if (messages != null) {
      throw new IllegalArgumentException("--find-max and -n: a step takes a time (-d)");
    }
    Duration least = FindMax.MIN_STEP;
    if (duration != null && duration.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "-d: a step of --find-max takes at least " + Durations.format(least));
    }
  }

  private Amount amount() {
    if (messages != null) {
      return new Amount.Messages(positive("-n", messages));
    }
    Duration time = duration == null ? Duration.ofSeconds(10) : duration;
    if (time.isZero()) {
      throw ConnectionOptions.refused("-d", time, "more than 0s");
    }
    return new Amount.Time(time);
  }

  private static <N extends Number> N positive(String option, N number) {
    if (number.longValue() <= 0) {
      throw new IllegalArgumentException(option + ": " + number + " (expected: > 0)");
    }
    return number;
  }
}
