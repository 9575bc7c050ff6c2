package dev.echo.client.app;

import dev.echo.metrics.Distribution;
import dev.echo.ping.FlowResult;
import dev.echo.ping.PingCounts;
import dev.echo.ping.PingResult;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A row for each flow, so that the one that is unlike the others shows. */
final class FlowTable {
  private static final String NONE = "-";

  /** A flow is called slow if half of its pings took longer than so many times the others'. */
  private static final double SLOW = 2;

  private static final long FEW = 5;

  private final PingResult result;
  private final long[] middles;
  private final long floorNanos;

  FlowTable(PingResult result) {
    this.result = result;
    floorNanos = result.floor().percentileNanos(50);
    middles =
        result.flows().stream()
            .map(FlowResult::service)
            .filter(service -> service.count() >= FEW)
            .mapToLong(service -> service.percentileNanos(50))
            .sorted()
            .toArray();
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        row(
            "flow", "port", "sent", "echoed", "missing", "wrong", "again", "min ms", "p50 ms",
            "p99 ms", "max ms", "verdict"));
    result.flows().forEach(flow -> lines.add(line(flow)));
    return lines;
  }

  private String line(FlowResult flow) {
    SocketAddress local = flow.local();
    PingCounts counts = flow.counts();
    Distribution service = flow.service();
    boolean none = service.isEmpty();
    long middle = service.percentileNanos(50);
    return row(
        flow.flow(),
        local == null ? NONE : PingText.port(local),
        counts.sent(),
        counts.echoed(),
        counts.missing(),
        counts.wrong(),
        flow.reconnects(),
        none ? NONE : Milliseconds.digits(service.minNanos()),
        none ? NONE : Milliseconds.digits(middle),
        service.carries(99) ? Milliseconds.digits(service.percentileNanos(99)) : NONE,
        none ? NONE : Milliseconds.digits(service.maxNanos()),
        flow.status().word() + (service.count() < FEW ? "" : slowness(middle)));
  }

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%4s %5s %6s %6s %7s %5s %5s %8s %8s %8s %8s  %s", cells)
        .stripTrailing();
  }

  /** Compares half of a flow's pings with half of those of the flow in the middle of the others. */
  private String slowness(long own) {
    int others = middles.length - 1;
    if (others < 1) {
      return "";
    }
    int place = Arrays.binarySearch(middles, own);
    int middle = others / 2;
    long theirs = middles[middle < place ? middle : middle + 1];
    return own > SLOW * theirs + floorNanos
        ? String.format(Locale.ROOT, ", slow: %.1f times the others", (double) own / theirs)
        : "";
  }
}
