package dev.echo.client.app;

import dev.echo.client.DatagramCounts;
import dev.echo.metrics.Distribution;
import dev.echo.ping.PingCounts;
import dev.echo.ping.PingPlan;
import dev.echo.ping.PingResult;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a ping run came to, for a person: a table of its flows, the whole, the floor, the verdict.
 */
final class PingSummary {
  private final PingResult result;
  private final PingPlan plan;
  private final long floorNanos;

  PingSummary(PingResult result) {
    this.result = result;
    plan = result.plan();
    floorNanos = result.floor().percentileNanos(50);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "--- %s: %d bytes each %s for %s",
            plan.endpoint(),
            plan.payloadBytes(),
            Durations.format(plan.interval()),
            Durations.format(result.lasted())));
    if (plan.flows() > 1 && !result.flows().isEmpty()) {
      lines.addAll(new FlowTable(result).lines());
    }
    lines.add(counts());
    if (result.datagrams().sent() > 0) {
      lines.add(loss());
    }
    Distribution service = result.service();
    times(lines, "time", service);
    times(lines, "residence", result.residence());
    if (result.unusableStamps() > 0) {
      lines.add(UnusableStamps.sentence(result.unusableStamps()));
    }
    if (!result.floor().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "floor      min %s, p50 %s: what this client takes by itself, measured",
              Milliseconds.rounded(result.floor().minNanos()),
              Milliseconds.rounded(floorNanos)));
      lines.add("           before with an echo in its own process, over loopback");
      if (!result.isFloorUsable()) {
        lines.add("           (unusable: above the times that it is to be the floor of)");
      }
    }
    lines.add(verdict() + reconnects());
    return lines;
  }

  private String counts() {
    PingCounts counts = result.counts();
    StringBuilder text = new StringBuilder();
    if (counts.due() != counts.sent()) {
      text.append(String.format(Locale.ROOT, "%,d due, ", counts.due()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%,d sent, %,d echoed, %,d missing, %,d wrong",
            counts.sent(),
            counts.echoed(),
            counts.missing(),
            counts.wrong()));
    if (counts.surplus() > 0) {
      text.append(String.format(Locale.ROOT, ", %,d surplus", counts.surplus()));
    }
    if (counts.late() > 0) {
      text.append(String.format(Locale.ROOT, "; %,d of the missing came late", counts.late()));
    }
    return text.toString();
  }

  private String loss() {
    DatagramCounts counts = result.datagrams();
    List<String> rest = DatagramLines.text(counts);
    double percent = 100.0 * counts.lost() / counts.sent();
    String form = percent == Math.rint(percent) ? "%.0f" : percent < 1 ? "%.2g" : "%.2f";
    return String.format(Locale.ROOT, form, percent)
        + "% loss"
        + (rest.isEmpty() ? "" : ": " + String.join(", ", rest));
  }

  private static void times(List<String> lines, String name, Distribution times) {
    if (times.isEmpty()) {
      return;
    }
    String p99 =
        times.carries(99)
            ? Milliseconds.rounded(times.percentileNanos(99))
            : "- (takes 1,000 pings)";
    lines.add(
        String.format(
            Locale.ROOT,
            "%-10s min %s, p50 %s, p99 %s, max %s",
            name,
            Milliseconds.rounded(times.minNanos()),
            Milliseconds.rounded(times.percentileNanos(50)),
            p99,
            Milliseconds.rounded(times.maxNanos())));
  }

  private String reconnects() {
    long count = result.reconnects();
    return count == 0
        ? ""
        : String.format(Locale.ROOT, "; %,d reconnect", count) + (count == 1 ? "" : "s");
  }

  private String verdict() {
    ExitStatus status = result.status();
    return switch (status) {
      case OK ->
          result.counts().missing() == 0
              ? "ok: every byte came back as it was sent"
              : "ok: every datagram that came back is as it was sent";
      case UNREACHABLE ->
          String.format(
              Locale.ROOT,
              "unreachable: %d of %d flows %s",
              result.flows().stream().filter(it -> it.status() == status).count(),
              plan.flows(),
              result.datagrams().sent() > 0 ? "got no reply" : "never had a connection");
      case WRONG -> "wrong: bytes came back that were not sent";
      case INCOMPLETE -> "incomplete: pings are missing";
      default -> status.word() + ": stopped before the first ping";
    };
  }
}
