package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.payload.WrongEcho;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/** A result that nobody measured: an honest run, and whatever a test changes in it. */
public final class SampleResult {
  private static final Duration LENGTH = Duration.ofSeconds(10);

  private static final List<Measure> OF_ECHOED = List.of(Measure.RESPONSE, Measure.SERVICE);

  private LoadPlan plan;
  private Duration measured = LENGTH;
  private final Map<Measure, Duration> times = new EnumMap<>(Measure.class);
  private final Map<Measure, Long> some = new EnumMap<>(Measure.class);
  private long due;
  private Ending ending = Ending.COMPLETE;
  private DatagramCounts datagrams = DatagramCounts.NONE;
  private LoadCounts counts;
  private ConnectionCounts connections;
  private Distribution missingAges = Distribution.EMPTY;
  private List<Trouble> troubles = List.of();
  private List<WrongEcho> wrong = List.of();
  private Host host = new Host("here", "Linux 6 amd64", 4, "17.0.1", "4.2", "epoll", 1, "0.1");
  private long wrongInWarmup;
  private double sentShare = 1;
  private double returnedShare = 1;

  private SampleResult(LoadPlan plan) {
    this.plan = plan;
    due = plan.pace() instanceof Pace.PerSecond rate ? Math.round(rate.messages() * 10) : 50_000;
    counts = new LoadCounts(due, due, due, 0, 0, 0, 0, 0, 64 * due, 104 * due);
    connections = new ConnectionCounts(plan.connections(), plan.connections(), 0, 0, 1, 0);
    time(Measure.SERVICE, Duration.ofNanos(100_000));
    time(Measure.PAUSE, Duration.ofNanos(60_000));
    if (plan.pace() instanceof Pace.PerSecond) {
      time(Measure.RESPONSE, Duration.ofNanos(110_000));
      time(Measure.LAG, Duration.ofNanos(10_000));
      time(Measure.OWN_LAG, Duration.ofNanos(10_000));
    }
  }

  /** Of a run of 10 s in which everything went well. */
  public static SampleResult of(LoadPlan plan) {
    return new SampleResult(plan);
  }

  /** Of a run of 10 s of 1,000 messages a second. */
  public static SampleResult of() {
    return of(plan());
  }

  /** Has sent datagrams, of which this became. */
  public SampleResult datagrams(DatagramCounts value) {
    datagrams = value;
    return this;
  }

  /** The defaults. */
  public static LoadPlan plan() {
    return LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 65432)).build();
  }

  /** At another rate. */
  public static SampleResult at(double rate) {
    return of(plan().toBuilder().pace(Pace.perSecond(rate)).build());
  }

  /** So much time was measured, whatever the slices say. */
  public SampleResult measured(Duration value) {
    measured = value;
    return this;
  }

  /** All messages took so long. */
  public SampleResult time(Measure measure, Duration time) {
    times.put(measure, time);
    return this;
  }

  /** So many messages took so long, and no others; if they came back, no others were due. */
  public SampleResult times(Measure measure, long count, Duration time) {
    some.put(measure, count);
    if (OF_ECHOED.contains(measure)) {
      due = count;
      counts = new LoadCounts(due, due, due, 0, 0, 0, 0, 0, 64 * due, 104 * due);
    }
    return time(measure, time);
  }

  /** None of these times was measured. */
  public SampleResult without(Measure measure) {
    times.remove(measure);
    return this;
  }

  /** Changes the counts; those that are missing are young. */
  public SampleResult counts(LoadCounts value) {
    counts = value;
    missingAges = distribution(counts.missing(), Duration.ofMillis(1));
    return this;
  }

  /** So many never came, and are so old. */
  public SampleResult missing(long count, Duration age) {
    long echoed = due - count;
    counts = new LoadCounts(due, due, echoed, count, 0, 0, 0, 0, 64 * echoed, 104 * echoed);
    missingAges = distribution(count, age);
    return this;
  }

  /** So many are so old, whatever the counts say. */
  public SampleResult missingAges(long count, Duration age) {
    missingAges = distribution(count, age);
    return this;
  }

  /** So many waited. */
  public SampleResult held(long byCap, long bySocket, long byConnection) {
    counts =
        new LoadCounts(
            counts.due(),
            counts.sent(),
            counts.echoed(),
            counts.missing(),
            counts.wrong(),
            byCap,
            bySocket,
            byConnection,
            counts.payloadBytes(),
            counts.wireBytes());
    return this;
  }

  /** So many came back wrong. */
  public SampleResult wrong(long count) {
    long echoed = due - count;
    counts = new LoadCounts(due, due, echoed, 0, count, 0, 0, 0, 64 * echoed, 104 * echoed);
    return this;
  }

  /** So much came in addition. */
  public SampleResult surplus(long count) {
    counts =
        new LoadCounts(
            counts.due(),
            counts.sent(),
            counts.echoed(),
            counts.missing(),
            counts.wrong(),
            count,
            0,
            0,
            0,
            0,
            counts.payloadBytes(),
            counts.wireBytes(),
            0,
            counts.throughput());
    return this;
  }

  /** So many of the warm-up came back wrong. */
  public SampleResult wrongInWarmup(long count) {
    wrongInWarmup = count;
    return this;
  }

  /** Tells of wrong ones. */
  public SampleResult wrong(WrongEcho... some) {
    wrong = List.of(some);
    return this;
  }

  /** Changes what became of the connections. */
  public SampleResult connections(ConnectionCounts value) {
    connections = value;
    return this;
  }

  /** Tells why. */
  public SampleResult troubles(Trouble... some) {
    troubles = List.of(some);
    return this;
  }

  /** Changes how it ended. */
  public SampleResult ending(Ending value) {
    ending = value;
    return this;
  }

  /** Measured elsewhere. */
  public SampleResult host(String name) {
    host = new Host(name, "Linux 6 amd64", 4, "17.0.1", "4.2", "epoll", 1, "0.1");
    return this;
  }

  /** Sent, and got back, only this share of what was due while the schedule ran. */
  public SampleResult sentShare(double share) {
    sentShare = share;
    return this;
  }

  /** Got back only this share of it while the schedule ran, and the rest later. */
  public SampleResult returnedShare(double share) {
    returnedShare = share;
    return this;
  }

  /** The result. */
  public LoadResult build() {
    LoadPlan asked = plan.toBuilder().connections(connections.asked()).build();
    return new LoadResult(
        asked,
        host,
        Instant.EPOCH,
        measured,
        ending,
        inTime(),
        asked.endpoint() instanceof UdpEndpoint ? udp() : datagrams,
        connections,
        times(),
        missingAges,
        intervals(),
        wrong,
        verdicts(),
        troubles);
  }

  private DatagramCounts udp() {
    return datagrams.equals(DatagramCounts.NONE)
        ? new DatagramCounts(
            counts.sent(),
            counts.echoed(),
            0,
            counts.sent() - counts.echoed() - counts.wrong(),
            0,
            0,
            counts.wrong(),
            counts.surplus(),
            Optional.empty())
        : datagrams;
  }

  private Map<Measure, Distribution> times() {
    Map<Measure, Distribution> all = new EnumMap<>(Measure.class);
    times.forEach((measure, time) -> all.put(measure, distribution(count(measure), time)));
    return all;
  }

  private long count(Measure measure) {
    return OF_ECHOED.contains(measure)
        ? counts.echoed()
        : measure == Measure.LAG
            ? counts.sent()
            : measure == Measure.OWN_LAG ? counts.due() : some.getOrDefault(measure, due);
  }

  /** So many of the same. */
  public static Distribution distribution(long count, Duration time) {
    Histogram histogram = Distribution.empty();
    histogram.recordValueWithCount(time.toNanos(), count);
    return Distribution.of(histogram);
  }

  private LoadCounts inTime() {
    return new LoadCounts(
        counts.due(),
        counts.sent(),
        counts.echoed(),
        counts.missing(),
        counts.wrong(),
        counts.surplus(),
        counts.unsent(),
        counts.heldByCap(),
        counts.heldBySocket(),
        counts.heldByConnection(),
        counts.payloadBytes(),
        counts.wireBytes(),
        counts.unusableStamps(),
        new Throughput(
            Math.round(counts.throughput().sent() * sentShare),
            Math.round(counts.throughput().echoed() * sentShare * returnedShare),
            Math.round(counts.throughput().payloadBytes() * sentShare),
            Math.round(counts.throughput().wireBytes() * sentShare)));
  }

  private Map<Verdict, Long> verdicts() {
    Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    long wrongOnes = Math.max(counts.wrong() + wrongInWarmup, wrong.size());
    if (wrongOnes > 0) {
      verdicts.put(Verdict.CORRUPT, wrongOnes);
    }
    if (counts.surplus() > 0) {
      verdicts.put(Verdict.SURPLUS, counts.surplus());
    }
    return verdicts;
  }

  /** What came after the schedule is in the last one. */
  private List<Interval> intervals() {
    List<Interval> intervals = new ArrayList<>();
    long warmup = plan.warmup().toSeconds();
    long sent = (long) (counts.sent() / 10.0 * sentShare);
    long echoed = (long) (counts.echoed() / 10.0 * sentShare);
    for (long second = 0; second < warmup + LENGTH.toSeconds(); second++) {
      boolean isLast = second == warmup + LENGTH.toSeconds() - 1;
      intervals.add(
          interval(
              second,
              isLast ? counts.sent() - 9 * sent : sent,
              isLast ? counts.echoed() - 9 * echoed : echoed,
              isLast ? counts.missing() : 0,
              isLast ? counts.wrong() : 0));
    }
    return intervals;
  }

  private Interval interval(long second, long sent, long echoed, long missing, long wrongOnes) {
    Distribution each = distribution(echoed, Duration.ofNanos(100_000));
    return new Interval(
        Duration.ofSeconds(second),
        Duration.ofSeconds(1),
        second < plan.warmup().toSeconds(),
        sent,
        echoed + missing + wrongOnes,
        echoed,
        missing,
        wrongOnes,
        0,
        DatagramEvents.NONE,
        plan.pace() instanceof Pace.Max ? Distribution.EMPTY : each,
        each,
        Duration.ZERO);
  }
}
