package dev.echo.ping;

import dev.echo.client.ClientConfig;
import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import dev.echo.client.LoopbackEcho;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.metrics.Distribution;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures what this process and machine take by themselves: pings, one after the other, to an echo
 * in this process, over a loopback socket. That also makes the virtual machine compile the code, so
 * that the first pings on the path are like the later ones; only the last of them are kept.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What a stage brings is seen in its callback.
final class FloorProbe {
  private static final int MAX_TRIPS = 6000;
  private static final int KEPT = 1000;
  private static final int FEWEST_TRIPS = 30;
  private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

  private final EventLoopGroup group;
  private final Transport transport;
  private final ClientConfig config;
  private final Payloads payloads;
  private final Deque<Long> times = new ArrayDeque<>();
  private final CompletableFuture<Distribution> measured = new CompletableFuture<>();
  private long firstNanos;
  private int trips;

  private FloorProbe(EventLoopGroup group, ClientConfig config, PingPlan plan) {
    this.group = group;
    transport = plan.transport();
    this.config = config;
    payloads = new Payloads(plan.payloadBytes());
  }

  /**
   * Measures.
   *
   * @return never fails: empty where this machine has no loopback, say
   */
  static CompletableFuture<Distribution> measure(
      EventLoopGroup group, ClientConfig config, PingPlan plan) {
    FloorProbe probe = new FloorProbe(group, config, plan);
    return LoopbackEcho.start(plan.transport())
        .thenCompose(
            echo -> {
              probe.connect(echo.endpoint());
              return probe
                  .measured
                  .exceptionally(why -> Distribution.EMPTY)
                  .thenCompose(floor -> echo.stop().thenApply(stopped -> floor));
            })
        .exceptionally(why -> Distribution.EMPTY);
  }

  private void connect(Endpoint here) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .channel(transport.channelType(here))
            // Closed by a reset: its port, in TIME_WAIT, may be that of the server to be pinged.
            .option(ChannelOption.SO_LINGER, 0);
    EchoClient.connect(bootstrap, here, config).whenComplete(this::connected);
  }

  private void connected(@Nullable EchoClient client, @Nullable Throwable why) {
    if (client == null) {
      measured.completeExceptionally(why);
    } else {
      next(client);
    }
  }

  private void next(EchoClient client) {
    client
        .echo(payloads.next())
        .whenComplete(
            (reply, why) -> {
              if (reply == null) {
                measured.completeExceptionally(why);
              } else if (isEnough(reply)) {
                client.close().whenComplete((closed, none) -> measured.complete(floor()));
              } else {
                next(client);
              }
            });
  }

  private boolean isEnough(EchoReply reply) {
    trips++;
    if (trips == 1) {
      firstNanos = System.nanoTime(); // Loading classes may have taken any time until now.
    }
    times.add(reply.serviceTimeNanos());
    if (times.size() > KEPT) {
      times.remove();
    }
    return trips >= MAX_TRIPS
        || (trips >= FEWEST_TRIPS && System.nanoTime() - firstNanos > LONGEST_NANOS);
  }

  /** At most the last third: what came before was not compiled yet. */
  private Distribution floor() {
    while (times.size() > Math.max(1, trips / 3)) {
      times.remove();
    }
    Histogram histogram = Distribution.empty();
    times.forEach(nanos -> histogram.recordValue(Math.min(nanos, Distribution.MAX_NANOS)));
    return Distribution.of(histogram);
  }
}
