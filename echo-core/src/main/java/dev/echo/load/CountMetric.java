package dev.echo.load;

import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Quantile.Bound;
import dev.echo.text.Durations;
import dev.echo.text.Rates;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is counted rather than timed. */
enum CountMetric implements Metric {
  /** Messages that never came. */
  MISSING(Better.LOWER),
  /** What came back wrong, in the warm-up and in addition to what was sent, too. */
  WRONG(Better.LOWER),
  /** What came in addition alone. */
  SURPLUS(Better.LOWER),
  /** Connections that ended before they should; over UDP datagrams that never came. */
  LOST(Better.LOWER),
  /** Datagrams that came after the timeout; 0 over other paths, as the next two. */
  LATE(Better.LOWER),
  /** Copies of echoes that had come already. */
  DUPLICATED(Better.LOWER),
  /** Datagrams that came behind one that was sent later. */
  REORDERED(Better.LOWER),
  /** Messages that were sent. */
  SENT(Better.HIGHER),
  /** Messages that came back, whole and equal, per second. */
  RATE(Better.HIGHER);

  private final Better better;

  CountMetric(Better better) {
    this.better = better;
  }

  /** Says whether it makes sense in percent. */
  boolean isShare() {
    return this != SENT && this != RATE && this != SURPLUS;
  }

  @Override
  public Reading of(LoadResult result) {
    if (this == RATE && !result.carriesRate()) {
      return new Reading(0, Bound.NOT_CARRIED);
    }
    LoadCounts counts = result.counts();
    double value =
        switch (this) {
          case MISSING -> counts.missing();
          case WRONG -> result.wrongEchoes();
          case SURPLUS -> counts.surplus();
          case LOST -> result.connections().lost() + result.datagrams().lost();
          case LATE -> result.datagrams().late();
          case DUPLICATED -> result.datagrams().duplicated();
          case REORDERED -> result.datagrams().reordered();
          case SENT -> counts.sent();
          case RATE -> result.rate();
        };
    return new Reading(value, value > 0 || isEvident(result) ? Bound.EXACT : Bound.NOT_CARRIED);
  }

  /** Says whether a run can have found any: that nothing happened to nothing is no evidence. */
  private boolean isEvident(LoadResult result) {
    return switch (this) {
      case SENT, RATE -> true;
      case LOST -> result.counts().due() > 0 && result.connections().made() > 0;
      case MISSING, LATE, DUPLICATED, REORDERED -> result.counts().due() > 0;
      case WRONG, SURPLUS -> result.counts().echoed() > 0;
    };
  }

  @Override
  public Drift drift(LoadResult result) {
    // A late client sends later; only one that is far too late leaves messages out.
    boolean isUnsent = result.counts().unsent() > 0;
    return switch (this) {
      case RATE -> Drift.DOWN;
      case SENT -> isUnsent ? Drift.DOWN : Drift.NONE;
      case MISSING -> isUnsent ? Drift.UP : Drift.NONE;
      case LATE -> Drift.UP;
      case WRONG, SURPLUS, LOST, DUPLICATED, REORDERED -> Drift.NONE;
    };
  }

  @Override
  public String shortage(LoadResult result) {
    if (this == RATE) {
      return "only "
          + Durations.format(result.measured())
          + " of measuring (a rate takes "
          + Durations.format(Throughput.SHORTEST)
          + ")";
    }
    return (this == WRONG || this == SURPLUS) && result.counts().due() > 0
        ? "nothing came back"
        : "no message was measured";
  }

  @Override
  public String remark(LoadResult result) {
    String besides = this == WRONG ? besides(result) : "";
    return besides.isEmpty() ? "" : " (" + besides + ")";
  }

  /** What was found wrong and is no message of the measured time; empty if nothing was. */
  static String besides(LoadResult result) {
    long surplus = result.counts().surplus();
    long early = result.wrongInWarmup();
    return Stream.of(
            surplus == 0 ? "" : String.format(Locale.ROOT, "%,d surplus", surplus),
            early == 0 ? "" : String.format(Locale.ROOT, "%,d in the warm-up", early))
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** What it is a share of: connections of those that were made, messages of those due. */
  Reading whole(LoadResult result) {
    boolean countsConnections = this == LOST && !(result.plan().endpoint() instanceof UdpEndpoint);
    long whole = countsConnections ? result.connections().made() : result.counts().due();
    return new Reading(whole, whole > 0 ? Bound.EXACT : Bound.NOT_CARRIED);
  }

  @Override
  public String format(double value) {
    return this == RATE ? Rates.format(value) : String.format(Locale.ROOT, "%,.0f", value);
  }

  @Override
  public double parseLimit(String text) {
    if (this != RATE && text.endsWith("/s")) {
      throw new IllegalArgumentException("'" + text + "' is no count (expected: such as 0, 10k)");
    }
    return Rates.parse(text);
  }

  @Override
  public Better better() {
    return better;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
