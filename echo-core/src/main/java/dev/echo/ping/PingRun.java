package dev.echo.ping;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.DatagramClient;
import dev.echo.client.EchoClient;
import dev.echo.client.Stamps;
import dev.echo.endpoint.OwnLoops;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.pipeline.ClientFront;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One ping run, while it goes on. First it warms up for up to a second with an echo in this
 * process; then each flow connects and sends at fixed times, whatever is outstanding. For any
 * thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a stage brings is seen in its callback.
public final class PingRun {
  private static final Duration SHORTEST_STALL = Duration.ofSeconds(1);

  /** How long a datagram that is missing is still known when it comes. */
  private static final Duration LATE = Duration.ofSeconds(10);

  private static final Duration GRACE = Duration.ofMillis(500);

  private final PingPlan plan;
  private final ClientConfig config;
  private final Telling telling;
  private final OwnLoops loops;
  private final EventLoop loop;
  private final Bootstrap bootstrap;
  private final List<Flow> flows = new ArrayList<>();
  private final CompletableFuture<PingResult> result = new CompletableFuture<>();
  private boolean stopped;

  private PingRun(PingPlan plan, PingListener listener) {
    this.plan = plan;
    config = config(plan, plan.front());
    telling = new Telling(listener);
    loops = OwnLoops.daemons(plan.transport(), 1, "echo-ping");
    loop = loops.group().next();
    bootstrap =
        new Bootstrap()
            .group(loops.group())
            .channelFactory(plan.transport().channels(plan.endpoint()));
  }

  /**
   * Starts a run, with threads of its own, which end with it. They are daemons.
   *
   * @param plan what to do
   * @param listener sees what happens
   * @return the run
   */
  public static PingRun start(PingPlan plan, PingListener listener) {
    PingRun run = new PingRun(plan, listener);
    run.telling.failure().thenRun(run::stop);
    FloorProbe.measure(run.loops.group(), config(plan, ClientFront.NONE), plan)
        .thenAccept(run::warm);
    return run;
  }

  /**
   * What it measured.
   *
   * @return completes, on none of them, when the run has ended, its listener knows all of it, and
   *     its threads have ended; fails only with what a listener has thrown
   */
  public CompletionStage<PingResult> result() {
    return result.minimalCompletionStage();
  }

  /**
   * Sends no more. What is under way is waited for, twice as long as the slowest ping took, a
   * second at least, but not longer than the timeout; what is not back by then is missing.
   */
  public void stop() {
    try {
      loop.execute(
          () -> {
            stopped = true;
            flows.forEach(Flow::stop);
          });
    } catch (RejectedExecutionException over) {
      // It has ended already.
    }
  }

  private static ClientConfig config(PingPlan plan, ClientFront front) {
    Duration timeout =
        plan.endpoint() instanceof UdpEndpoint
            ? plan.timeout().plus(LATE)
            : plan.timeout().compareTo(SHORTEST_STALL) < 0 ? SHORTEST_STALL : plan.timeout();
    return ClientConfig.builder()
        .mode(plan.mode())
        .stamps(plan.mode() == ClientMode.FRAMES ? Stamps.ON : Stamps.OFF)
        .timeout(timeout)
        .connectTimeout(plan.connectTimeout())
        .grace(GRACE)
        .front(front)
        .build();
  }

  /** What the listener does for the first time would take the processor from the first ping. */
  private void warm(Distribution floor) {
    telling.tell(listener -> listener.warm(floor));
    telling.then(loop, () -> begin(floor));
  }

  private void begin(Distribution floor) {
    Instant started = Instant.now();
    long startNanos = System.nanoTime();
    if (!stopped) {
      for (int i = 0; i < plan.flows(); i++) {
        flows.add(new Flow(i + 1, plan, loop, this::dial, telling));
      }
      long turnNanos = plan.interval().toNanos() / plan.flows();
      for (int i = 0; i < flows.size(); i++) {
        flows.get(i).start(startNanos + i * turnNanos);
      }
    }
    CompletableFuture<PingResult> measured =
        all(Flow::ended)
            .thenApply(
                done -> {
                  Duration lasted = Duration.ofNanos(System.nanoTime() - startNanos);
                  List<FlowResult> each = flows.stream().map(flow -> flow.ended().join()).toList();
                  return new PingResult(plan, started, lasted, floor, each);
                });
    CompletableFuture.allOf(
            measured.thenCompose(done -> telling.end()),
            all(Flow::over).thenCompose(done -> loops.end()))
        .thenRun(() -> complete(measured.join()));
  }

  private CompletionStage<PingClient> dial() {
    return plan.endpoint() instanceof UdpEndpoint udp
        ? made(DatagramClient.open(bootstrap, udp, config), DatagramPings::new)
        : made(EchoClient.connect(bootstrap, plan.endpoint(), config), ConnectionPings::new);
  }

  /** Fails with what the client says, which {@code thenApply} would wrap. */
  private static <C> CompletionStage<PingClient> made(
      CompletionStage<C> client, Function<C, PingClient> pings) {
    CompletableFuture<PingClient> made = new CompletableFuture<>();
    client.whenComplete(
        (value, why) -> {
          if (why == null) {
            made.complete(pings.apply(value));
          } else {
            made.completeExceptionally(why);
          }
        });
    made.whenComplete((pinging, givenUp) -> client.toCompletableFuture().cancel(false));
    return made;
  }

  private CompletableFuture<Void> all(Function<Flow, CompletableFuture<?>> stage) {
    return CompletableFuture.allOf(flows.stream().map(stage).toArray(CompletableFuture<?>[]::new));
  }

  private void complete(PingResult measured) {
    @Nullable Throwable thrown = telling.failure().getNow(null);
    if (thrown == null) {
      result.complete(measured);
    } else {
      result.completeExceptionally(thrown);
    }
  }
}
