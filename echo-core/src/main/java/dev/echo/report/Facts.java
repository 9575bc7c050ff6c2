package dev.echo.report;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Amount;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.Ending;
import dev.echo.load.Host;
import dev.echo.load.LoadCounts;
import dev.echo.load.LoadPlan.ConnectionUse;
import dev.echo.load.LoadResult;
import dev.echo.load.Pace;
import dev.echo.text.Sizes;
import dev.echo.verify.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a result says besides its times, each beside what was expected. */
final class Facts {
  private Facts() {}

  static List<Fact> counts(LoadResult result) {
    LoadCounts counts = result.counts();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("rate", rate(result)));
    facts.add(new Fact("measured", measured(result)));
    facts.add(
        new Fact(
            "messages",
            Numbers.count(counts.echoed())
                + " of "
                + Numbers.count(counts.due())
                + " (sent: "
                + Numbers.count(counts.sent())
                + ")"));
    facts.add(new Fact("missing", missing(counts)));
    if (result.plan().endpoint() instanceof UdpEndpoint) {
      facts.add(new Fact("datagrams", datagrams(result.datagrams())));
    }
    facts.add(new Fact("wrong", wrong(result)));
    facts.add(new Fact("surplus", Numbers.count(counts.surplus())));
    if (!result.verdicts().isEmpty()) {
      facts.add(new Fact("findings", findings(result.verdicts())));
    }
    facts.add(new Fact("held back", heldBack(counts)));
    facts.add(new Fact("connections", connections(result)));
    facts.add(
        new Fact(
            "payload", bytes(counts.payloadBytes(), result, counts.throughput().payloadBytes())));
    facts.add(
        new Fact(
            "on the wire", bytes(counts.wireBytes(), result, counts.throughput().wireBytes())));
    return List.copyOf(facts);
  }

  /** The transport and the event loops are settings. */
  static List<Fact> host(Host host) {
    return List.of(
        new Fact("machine", host.name()),
        new Fact("system", host.system()),
        new Fact("processors", Numbers.count(host.processors())),
        new Fact("Java", host.java()),
        new Fact("Netty", host.netty()),
        new Fact("Echo", host.echo()));
  }

  private static String missing(LoadCounts counts) {
    String all = Numbers.count(counts.missing());
    return counts.unsent() == 0
        ? all
        : all + " (" + Numbers.count(counts.unsent()) + " this client was too slow to send)";
  }

  static String rate(LoadResult result) {
    String measured = result.carriesRate() ? Numbers.rate(result.rate()) : Numbers.NONE;
    return result.plan().pace() instanceof Pace.PerSecond open
        ? measured + " of " + Numbers.exactRate(open.messages())
        : measured + " (closed loop: as fast as it goes)";
  }

  private static String measured(LoadResult result) {
    String time = Numbers.time(result.measured().toNanos());
    if (result.plan().amount() instanceof Amount.Time expected) {
      time += " of " + Numbers.exact(expected.duration());
    }
    return result.ending() == Ending.COMPLETE ? time : time + ", " + ending(result.ending());
  }

  static String ending(Ending ending) {
    return switch (ending) {
      case COMPLETE -> "complete";
      case INTERRUPTED -> "then interrupted";
      case FAILED -> "then ended by the first failure";
      case UNREACHABLE -> "then no connection was left";
    };
  }

  private static String wrong(LoadResult result) {
    String measured = Numbers.count(result.counts().wrong());
    return result.wrongInWarmup() == 0
        ? measured
        : measured + " (and " + Numbers.count(result.wrongInWarmup()) + " in the warm-up)";
  }

  /** How many, and how many of each kind. */
  private static String findings(Map<Verdict, Long> verdicts) {
    long all = verdicts.values().stream().mapToLong(Long::longValue).sum();
    return verdicts.entrySet().stream()
        .map(each -> each.getKey() + " " + Numbers.count(each.getValue()))
        .collect(Collectors.joining(", ", Numbers.count(all) + ": ", ""));
  }

  private static String datagrams(DatagramCounts counts) {
    String where =
        counts
            .directions()
            .filter(each -> counts.lost() > 0)
            .map(
                each ->
                    " ("
                        + Numbers.count(each.there())
                        + " there, "
                        + Numbers.count(each.back())
                        + " back, "
                        + Numbers.count(each.unknown())
                        + " behind the last answer)")
            .orElse("");
    return Numbers.count(counts.lost())
        + " lost"
        + where
        + ", "
        + Numbers.count(counts.late())
        + " late, "
        + Numbers.count(counts.duplicated())
        + " duplicated, "
        + Numbers.count(counts.reordered())
        + " reordered";
  }

  private static String heldBack(LoadCounts counts) {
    return Numbers.count(counts.heldByCap())
        + " by the cap, "
        + Numbers.count(counts.heldBySocket())
        + " by a full socket, "
        + Numbers.count(counts.heldByConnection())
        + " by a missing connection";
  }

  private static String connections(LoadResult result) {
    ConnectionCounts counts = result.connections();
    String text =
        Numbers.count(counts.asked())
            + " (error-free: "
            + Numbers.count(counts.errorFree())
            + (counts.silent() == 0 ? "" : ", without an echo: " + Numbers.count(counts.silent()))
            + ")";
    boolean isUsual =
        counts.failed() == 0
            && counts.lost() == 0
            && counts.made() == counts.asked()
            && result.plan().connectionUse() == ConnectionUse.KEEP;
    return isUsual
        ? text
        : text
            + ", made "
            + Numbers.count(counts.made())
            + ", failed "
            + Numbers.count(counts.failed())
            + ", lost "
            + Numbers.count(counts.lost());
  }

  private static String bytes(long bytes, LoadResult result, long inTime) {
    String total = Numbers.count(bytes, "byte");
    return result.carriesRate()
        ? total + " (" + Sizes.formatRate(result.perSecond(inTime)) + ")"
        : total;
  }
}
