package dev.echo.pipeline;

import dev.echo.caller.ProxyHandler;
import dev.echo.limit.Admission;
import dev.echo.limit.AdmissionHandler;
import dev.echo.limit.Connections;
import dev.echo.limit.Limits;
import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.Refusals;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;
import java.util.stream.Stream;

/** The stages of a server connection whose caller a proxy may name. */
final class ProxyStages {
  static final String PROXY = "proxy";
  static final String ADMISSION = "admission";

  private final ServerFront front;
  private final long headerNanos;
  private final Refusals refusals;
  private final AdmissionHandler admission;

  ProxyStages(ServerFront front, Limits limits, EchoObserver observer, Connections connections) {
    this.front = front;
    headerNanos = shortest(limits).toNanos();
    refusals = new Refusals(observer);
    admission = new AdmissionHandler(new Admission(connections, front.access(), observer));
  }

  private static Duration shortest(Limits limits) {
    return Stream.of(limits.stallTimeout(), limits.idleTimeout())
        .filter(timeout -> !timeout.equals(Limits.NEVER))
        .min(Duration::compareTo)
        .orElse(Limits.NEVER);
  }

  /** Adds them if headers are looked for. */
  void add(ChannelPipeline pipeline) {
    if (front.proxy().isOn()) {
      pipeline.addLast(PROXY, new ProxyHandler(front.proxy(), headerNanos, refusals));
      pipeline.addLast(ADMISSION, admission);
    }
  }
}
