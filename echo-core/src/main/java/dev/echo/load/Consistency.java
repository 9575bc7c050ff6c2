package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.payload.WrongEcho;
import java.math.BigDecimal;
import java.util.function.ToLongFunction;

/**
 * What holds of every result, however the run went, also of those of several machines added up: one
 * that contradicts itself was damaged or changed, or this program counted wrong. The names are
 * those of the fields in JSON. What one record can say by itself it says itself.
 */
final class Consistency {
  private final LoadResult result;
  private final LoadCounts counts;
  private final boolean isOpen;

  private Consistency(LoadResult result) {
    this.result = result;
    counts = result.counts();
    isOpen = result.plan().pace() instanceof Pace.PerSecond;
  }

  /**
   * Checks a result.
   *
   * @throws IllegalArgumentException if two figures of it cannot both be true; the message has both
   */
  static void check(LoadResult result) {
    Consistency consistency = new Consistency(result);
    consistency.time();
    consistency.counts();
    consistency.times();
    consistency.slices();
    consistency.events();
    consistency.datagrams();
  }

  private void time() {
    long nanos = result.measured().toNanos();
    LoadPlan plan = result.plan();
    if (plan.amount() instanceof Amount.Time time) {
      atMost("measuredNanos", nanos, "plan.durationNanos", time.duration().toNanos());
    }
    if (nanos == 0) {
      same("counts.echoedInTime", counts.throughput().echoed(), "measuredNanos", 0);
    }
    if (plan.pace() instanceof Pace.PerSecond asked) {
      // One at the edge for each machine whose results were added, and one for a run that was
      // ended.
      BigDecimal most = BigDecimal.valueOf(asked.messages()).multiply(BigDecimal.valueOf(nanos, 9));
      atMost(
          "counts.due",
          counts.due(),
          "what is due in measuredNanos",
          most.min(BigDecimal.valueOf(Long.MAX_VALUE / 2)).longValue() + plan.connections() + 1L);
    }
  }

  private void counts() {
    same("missingAges.count", result.missingAges().count(), "counts.missing", counts.missing());
    Throughput inTime = counts.throughput();
    if (isOpen) {
      atMost("counts.echoedInTime", inTime.echoed(), "counts.echoed", counts.echoed());
      atMost(
          "counts.payloadBytesInTime",
          inTime.payloadBytes(),
          "counts.payloadBytes",
          counts.payloadBytes());
      atMost("counts.wireBytesInTime", inTime.wireBytes(), "counts.wireBytes", counts.wireBytes());
    } else {
      same("counts.due", counts.due(), "counts.sent", counts.sent());
      // What was under way when the warm-up ended came back in the measured time.
      atMost(
          "counts.echoedInTime",
          inTime.echoed(),
          "counts.echoed and what can be in flight",
          counts.echoed() + (long) result.plan().connections() * result.plan().inFlight());
    }
  }

  private void times() {
    same(Measure.SERVICE, "counts.echoed", counts.echoed());
    same(Measure.RESPONSE, "counts.echoed", isOpen ? counts.echoed() : 0);
    same(Measure.LAG, "counts.sent", isOpen ? counts.sent() : 0);
    same(Measure.OWN_LAG, "counts.due", isOpen ? counts.due() : 0);
    atMost(
        name(Measure.RESIDENCE),
        result.time(Measure.RESIDENCE).count(),
        "counts.echoed less counts.unusableStamps",
        counts.echoed() - counts.unusableStamps());
    long made = result.connections().made();
    for (Measure measure : new Measure[] {Measure.CONNECT, Measure.HANDSHAKE}) {
      atMost(name(measure), result.time(measure).count(), "connections.made", made);
    }
  }

  private void slices() {
    slices("sent", Interval::sent, counts.sent());
    slices("due", Interval::due, counts.due());
    slices("echoed", Interval::echoed, counts.echoed());
    slices("missing", Interval::missing, counts.missing());
    slices("wrong", Interval::wrong, counts.wrong());
    long surplus = result.intervals().stream().mapToLong(Interval::surplus).sum();
    atMost("all intervals.surplus", surplus, "counts.surplus", counts.surplus());
    for (Interval each : result.intervals()) {
      same(
          "intervals.response.count",
          each.response().count(),
          isOpen ? "intervals.echoed" : "of a closed loop",
          isOpen ? each.echoed() : 0);
    }
  }

  /** A run that was ended before it began has no slices. */
  private void slices(String name, ToLongFunction<Interval> count, long expected) {
    long sum = result.intervals().stream().filter(each -> !each.warmup()).mapToLong(count).sum();
    same("counts." + name, expected, "the measured intervals." + name, sum);
  }

  private void events() {
    long wrong = result.wrongEchoes();
    atMost(
        "counts.wrong and counts.surplus",
        counts.wrong() + counts.surplus(),
        "the verdicts together",
        wrong);
    atMost("the entries of wrong", result.wrong().size(), "the verdicts together", wrong);
    ConnectionCounts connections = result.connections();
    int asked = result.plan().connections();
    same("connections.asked", connections.asked(), "plan.connections", asked);
    atMost(
        "the entries of troubles",
        result.troubles().size(),
        "connections.failed and connections.lost",
        connections.failed() + connections.lost());
    for (WrongEcho each : result.wrong()) {
      atMost("wrong.connection", each.connection(), "plan.connections", asked);
    }
    for (Trouble each : result.troubles()) {
      atMost("troubles.connection", each.connection(), "plan.connections", asked);
    }
  }

  private void datagrams() {
    DatagramCounts datagrams = result.datagrams();
    if (!(result.plan().endpoint() instanceof UdpEndpoint)) {
      same("datagrams.sent", datagrams.sent(), "those of a path that has none", 0);
      return;
    }
    same("datagrams.sent", datagrams.sent(), "counts.sent", counts.sent());
    same("datagrams.echoed", datagrams.echoed(), "counts.echoed", counts.echoed());
    atMost(
        "datagrams.lost and datagrams.late",
        datagrams.lost() + datagrams.late(),
        "counts.missing",
        counts.missing());
    same("datagrams.wrong", datagrams.wrong(), "counts.wrong", counts.wrong());
    same("datagrams.surplus", datagrams.surplus(), "counts.surplus", counts.surplus());
    same(
        "datagrams.sent",
        datagrams.sent(),
        "datagrams.echoed, late, lost and wrong",
        datagrams.echoed() + datagrams.late() + datagrams.lost() + datagrams.wrong());
    datagrams
        .directions()
        .ifPresent(
            ways ->
                atMost(
                    "datagrams.lostThere, lostBack and lostSomewhere",
                    ways.there() + ways.back() + ways.unknown(),
                    "datagrams.lost",
                    datagrams.lost()));
  }

  private void same(Measure measure, String other, long expected) {
    same(name(measure), result.time(measure).count(), other, expected);
  }

  private static String name(Measure measure) {
    return "times." + measure + ".count";
  }

  static void same(String name, long value, String other, long expected) {
    if (value != expected) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: the same as " + other + ", " + expected + ")");
    }
  }

  /** For the records of which a result is made, too. */
  static void atMost(String name, long value, String other, long most) {
    if (value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: at most " + other + ", " + most + ")");
    }
  }

  /** Names with spaces between them, and a number for each. */
  static void notNegative(String names, long... values) {
    String[] each = names.split(" ", -1);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException(each[i] + ": " + values[i] + " (expected: >= 0)");
      }
    }
  }
}
