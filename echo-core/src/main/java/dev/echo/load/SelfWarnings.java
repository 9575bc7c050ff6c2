package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.load.Quantile.Bound;
import dev.echo.payload.PayloadSource;
import dev.echo.text.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a report has to say about itself. The rules are a table in {@code docs/measuring.md}. */
final class SelfWarnings {
  private static final double[] SHOWN = {99, 99.9};

  /** A sleeping thread wakes so late without anything being wrong. */
  private static final long PAUSE_NANOS = Duration.ofMillis(1).toNanos();

  private static final double PAUSE_SHARE = 0.1;
  private static final int UNIQUE_BYTES = 16;
  private static final double USUAL_RATE_OF_SOURCE = 1000;
  private static final double USUAL_BURST = 1000;

  private final LoadResult result;
  private final Measure measure;
  private final List<Condition> conditions;
  private final List<String> reasons;
  private final List<String> warnings = new ArrayList<>();

  private SelfWarnings(LoadResult result, List<Condition> conditions, List<String> reasons) {
    this.result = result;
    this.conditions = conditions;
    this.reasons = reasons;
    this.measure = result.plan().pace() instanceof Pace.Max ? Measure.SERVICE : Measure.RESPONSE;
  }

  /** The warnings, without those that are a reason of the verdict already. */
  static List<String> of(LoadResult result, List<Condition> conditions, List<String> reasons) {
    SelfWarnings self = new SelfWarnings(result, conditions, reasons);
    self.ending();
    self.pace();
    self.rate();
    self.sample();
    self.pauses();
    self.connections();
    self.losses();
    self.limitOfServer();
    self.stamps();
    self.settings();
    return self.warnings;
  }

  private void ending() {
    if (result.ending() == Ending.INTERRUPTED) {
      String underWay =
          Assessor.isCutShort(result) && result.counts().missing() > 0
              ? "; " + Assessor.count(result.counts().missing(), "message") + " had not come back"
              : "";
      add("interrupted after " + Durations.format(result.measured()) + underWay);
    } else if (result.ending() == Ending.FAILED) {
      add("ended at the first failure, after " + Durations.format(result.measured()));
    }
  }

  private void pace() {
    if (measure == Measure.SERVICE) {
      add(
          "closed loop: there is no response time, and a stall holds back messages that no time"
              + " shows");
    }
    Shortfall.of(result).ifPresent(shortfall -> add(shortfall.sentence()));
    OwnLag lag = OwnLag.of(result);
    if ((lag.isRemarkable() || lag.spoils()) && !reasons.contains(lag.sentence())) {
      add(lag.sentence());
    }
  }

  /** What a run says that has no rate. */
  static String tooShort(LoadResult result) {
    return "too short for a rate: it takes "
        + Durations.format(Throughput.SHORTEST)
        + ", and "
        + Durations.format(result.measured())
        + " were measured";
  }

  private void rate() {
    if (!result.carriesRate() && result.counts().due() > 0 && !reasons.contains(tooShort(result))) {
      add(tooShort(result));
    }
  }

  private void sample() {
    for (double percent : SHOWN) {
      if (result.quantile(measure, percent).bound() == Bound.NOT_CARRIED) {
        add(
            String.format(
                Locale.ROOT,
                "too short for p%s: it takes %,.0f messages, and there were %,d",
                percent == 99 ? "99" : "99.9",
                10 / (1 - percent / 100),
                result.time(measure).count()));
        return;
      }
    }
  }

  private void pauses() {
    long pause = result.time(Measure.PAUSE).maxNanos();
    long longest = result.quantile(measure, 100).nanos();
    if (pause > PAUSE_NANOS && pause > PAUSE_SHARE * longest) {
      add(
          "this process or its machine paused for up to "
              + Durations.format(pause)
              + (pause > longest
                  ? ": it is busy with something else"
                  : "; the maximum of " + Durations.format(longest) + " may be its own"));
    }
  }

  private void connections() {
    ConnectionCounts counts = result.connections();
    if (counts.errorFree() < counts.asked()) {
      add(
          String.format(
              Locale.ROOT,
              "%,d of %s %s",
              counts.asked() - counts.errorFree(),
              Assessor.count(counts.asked(), "connection"),
              counts.failed() == 0 && counts.made() < counts.asked()
                  ? "had errors or were never made"
                  : "had errors"));
    }
  }

  /** Loss decides nothing over UDP, unless somebody asks. */
  private void losses() {
    DatagramCounts datagrams = result.datagrams();
    if (!datagrams.cameAny()) {
      return;
    }
    if (datagrams.lost() > 0) {
      String verb = datagrams.lost() == 1 ? " was lost" : " were lost";
      add(ofDatagrams(datagrams.lost()) + verb + advice("lost<0.1%"));
    }
    if (datagrams.late() > 0) {
      add(ofDatagrams(datagrams.late()) + " came late" + advice("late<0.1%"));
    }
  }

  private String ofDatagrams(long count) {
    long due = result.counts().due();
    return String.format(
        Locale.ROOT,
        "%,d of %s (%s%%)",
        count,
        Assessor.count(due, "datagram"),
        BigDecimal.valueOf(100.0 * count / Math.max(1, due))
            .round(new MathContext(3))
            .stripTrailingZeros()
            .toPlainString());
  }

  private String advice(String condition) {
    return isAskedFor()
        ? ""
        : ", which decides nothing; --expect '" + condition + "' would count it";
  }

  private boolean isAskedFor() {
    return conditions.stream()
        .map(Condition::metric)
        .map(metric -> metric instanceof ShareMetric share ? share.count() : metric)
        .anyMatch(List.of(CountMetric.LOST, CountMetric.MISSING, CountMetric.LATE)::contains);
  }

  /** An echo-server answers one address 1,000 times a second, unless it is told otherwise. */
  private void limitOfServer() {
    DatagramCounts datagrams = result.datagrams();
    double seconds = result.measured().toNanos() / 1e9;
    boolean isLimited =
        result.carriesRate()
            && datagrams.sent() / seconds > USUAL_RATE_OF_SOURCE
            && result.rate() < 1.2 * USUAL_RATE_OF_SOURCE + USUAL_BURST / seconds;
    if (isLimited
        && datagrams.lost() > 0
        && datagrams.directions().filter(way -> way.there() > way.back()).isPresent()) {
      add(
          "what was lost there looks like a limit of the server, not of the path: an echo-server"
              + " answers each address 1k/s unless started with --udp-rate");
    }
  }

  private void stamps() {
    long unusable = result.counts().unusableStamps();
    if (unusable > 0) {
      add(
          "the server times of "
              + Assessor.count(unusable, "message")
              + " cannot be true (sent before received, or held for longer than the service time):"
              + " the residence is of the others only");
    }
  }

  private void settings() {
    if (result.plan().warmup().isZero()) {
      add("no warm-up: the first times are those of a cold virtual machine");
    }
    if (result.plan().payload() instanceof PayloadSource.Generated generated
        && generated.minBytes() < UNIQUE_BYTES) {
      add(
          "messages of less than "
              + UNIQUE_BYTES
              + " bytes are not unique: one that comes back for another may go unnoticed");
    }
  }

  private void add(String warning) {
    warnings.add(warning);
  }
}
