package dev.echo.testing;

import dev.echo.client.DatagramCounts;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.ConnectionEnd.Direction;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.load.Amount;
import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.ConnectionCounts;
import dev.echo.load.DatagramEvents;
import dev.echo.load.Ending;
import dev.echo.load.Host;
import dev.echo.load.Interval;
import dev.echo.load.LoadCounts;
import dev.echo.load.LoadPlan;
import dev.echo.load.LoadPlanBuilder;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.Trouble;
import dev.echo.metrics.Distribution;
import dev.echo.payload.WrongEcho;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Results of runs that never were, always the same ones, for tests of what is made of results. The
 * times are random by {@link #SEED}.
 */
public final class Results {
  /** Makes the same times again. */
  public static final long SEED = 42;

  /** When all of them began. */
  public static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");

  /** Where all of them ran. */
  public static final Host HOST =
      new Host(
          "box1",
          "Linux 6.1 amd64",
          2,
          "OpenJDK 17.0.9",
          "4.2.18.Final",
          "nio",
          1,
          "0.1.0 (commit abc1234)");

  /** Of a result with nothing wrong. */
  public static final Assessment OK =
      new Assessment(ExitStatus.OK, List.of(), List.of(), List.of());

  private static final int MICROSECOND = 1000;
  private static final int INTERVALS = 12;
  private static final int WARMUP_INTERVALS = 2;

  private Results() {}

  /**
   * Starts from four connections, 20,000 messages of 64 bytes a second for 10 s after 2 s.
   *
   * @return a builder with nothing left to the machine
   */
  public static LoadPlanBuilder plan() {
    return LoadPlan.builder(Endpoint.parse("tcp://127.0.0.1:65432"))
        .connections(4)
        .pace(Pace.perSecond(20_000))
        .seed(SEED)
        .loops(1)
        .transport(Transport.NIO);
  }

  /**
   * Everything came back in time.
   *
   * @return an open loop at full rate
   */
  public static LoadResult openLoop() {
    return openLoop(SEED);
  }

  /**
   * The same plan with other times.
   *
   * @param seed of the times
   * @return an open loop at full rate
   */
  public static LoadResult openLoop(long seed) {
    return result(plan().build(), counts(200_000, 0, 0), seed);
  }

  /**
   * A stall: 400 messages never came, 10 s old at the end.
   *
   * @return an open loop with missing messages
   */
  public static LoadResult withMissing() {
    LoadResult all = result(plan().build(), counts(200_000, 400, 0), SEED);
    return new LoadResult(
        all.plan(),
        all.host(),
        all.started(),
        all.measured(),
        all.ending(),
        all.counts(),
        DatagramCounts.NONE,
        new ConnectionCounts(4, 5, 1, 1, 3, 0),
        all.times(),
        all.missingAges(),
        all.intervals(),
        List.of(),
        Map.of(),
        List.of(
            new Trouble(
                2,
                Duration.ofMillis(7_250),
                ExitStatus.INCOMPLETE,
                "connection lost: reset by the peer after 123 messages",
                Optional.of(
                    new ConnectionEnd(
                        EndSign.closeFrame(1011, "out of memory"),
                        Duration.ofMillis(7_300),
                        new Direction(65_536, Optional.of(Duration.ofMillis(3))),
                        Direction.NONE)))));
  }

  /**
   * As fast as it goes, so there is no response time.
   *
   * @return a closed loop
   */
  public static LoadResult closedLoop() {
    LoadPlan plan = plan().pace(Pace.MAX).inFlight(1).build();
    return result(plan, counts(150_000, 0, 0), SEED);
  }

  /**
   * Thirty messages, which carry nothing beyond the median.
   *
   * @return an open loop that was too short
   */
  public static LoadResult tinySample() {
    LoadPlan plan =
        plan().connections(1).pace(Pace.perSecond(10)).amount(new Amount.Messages(30)).build();
    return result(plan, counts(30, 0, 0), SEED);
  }

  /**
   * Twelve messages came back wrong, and what they say needs care when it is shown.
   *
   * @return an open loop with wrong echoes
   */
  public static LoadResult wrongEchoes() {
    LoadResult all = result(plan().build(), counts(200_000, 0, 12), SEED);
    List<WrongEcho> wrong = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      wrong.add(
          new WrongEcho(
              i % 4 + 1,
              1234 + i,
              Verdict.CORRUPT,
              17,
              2,
              "2 bits differ from byte 17 on: \\x1b <b>"));
    }
    wrong.add(
        new WrongEcho(3, 9_876_543, Verdict.SWAPPED, 8, 9_876_544, "came with message 9876544"));
    wrong.add(new WrongEcho(3, 9_876_544, Verdict.UNKNOWN, -1, 0, "</script><script>alert(1)"));
    return new LoadResult(
        all.plan(),
        all.host(),
        all.started(),
        all.measured(),
        all.ending(),
        all.counts(),
        DatagramCounts.NONE,
        new ConnectionCounts(4, 4, 0, 0, 0, 0),
        all.times(),
        Distribution.EMPTY,
        all.intervals(),
        wrong,
        Map.of(Verdict.CORRUPT, 10L, Verdict.SWAPPED, 1L, Verdict.UNKNOWN, 1L),
        List.of());
  }

  /**
   * Stopped after a third.
   *
   * @return an open loop that was interrupted
   */
  public static LoadResult interrupted() {
    LoadResult all = result(plan().build(), counts(66_000, 0, 0), SEED);
    return new LoadResult(
        all.plan(),
        all.host(),
        all.started(),
        Duration.ofMillis(3_300),
        Ending.INTERRUPTED,
        all.counts(),
        DatagramCounts.NONE,
        all.connections(),
        all.times(),
        Distribution.EMPTY,
        all.intervals(),
        List.of(),
        Map.of(),
        List.of());
  }

  /**
   * A result with other slices, and counts and times to go with them.
   *
   * @param all has the plan
   * @param slices all that was sent in them was echoed
   * @return the result
   */
  public static LoadResult with(LoadResult all, List<Interval> slices) {
    long messages =
        slices.stream().filter(each -> !each.warmup()).mapToLong(Interval::echoed).sum();
    LoadResult other = result(all.plan(), counts(messages, 0, 0), SEED);
    return new LoadResult(
        other.plan(),
        other.host(),
        other.started(),
        other.measured(),
        other.ending(),
        other.counts(),
        other.datagrams(),
        other.connections(),
        other.times(),
        other.missingAges(),
        slices,
        other.wrong(),
        other.verdicts(),
        other.troubles());
  }

  /**
   * Two conditions, one of which does not hold, and a warning.
   *
   * @return what decides status 5
   */
  public static Assessment unmet() {
    return new Assessment(
        ExitStatus.UNMET,
        List.of("p99 is 161 µs (expected: p99<150us)"),
        List.of(
            new Check("p99<150us", "161 µs", Outcome.FAILED),
            new Check("missing=0", "0", Outcome.HELD),
            new Check("p99.99<1ms", "20 times at or beyond", Outcome.NOT_CARRIED)),
        List.of("the rate was reached only in 9 of 10 intervals"));
  }

  /**
   * A result of a plan.
   *
   * @param plan any
   * @param counts of its messages
   * @param seed of the times
   * @return a result with twelve intervals of which two are warm-up
   */
  public static LoadResult result(LoadPlan plan, LoadCounts counts, long seed) {
    int asked = plan.connections();
    boolean isOpen = plan.pace() instanceof Pace.PerSecond;
    return new LoadResult(
        plan,
        HOST,
        STARTED,
        Duration.ofSeconds(plan.amount() instanceof Amount.Messages ? 3 : 10),
        Ending.COMPLETE,
        counts,
        DatagramCounts.NONE,
        new ConnectionCounts(asked, asked, 0, 0, asked, 0),
        times(counts, asked, isOpen, seed),
        ages(counts.missing()),
        intervals(counts, isOpen, seed),
        List.of(),
        counts.wrong() == 0 ? Map.of() : Map.of(Verdict.CORRUPT, counts.wrong()),
        List.of());
  }

  /** Times around 100 µs with a long tail, of all but the handshake. */
  private static Map<Measure, Distribution> times(
      LoadCounts counts, int connections, boolean isOpen, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<Measure, Distribution> times = new EnumMap<>(Measure.class);
    times.put(Measure.RESPONSE, tail(random, counts.echoed(), 95 * MICROSECOND));
    times.put(Measure.SERVICE, tail(random, counts.echoed(), 90 * MICROSECOND));
    times.put(Measure.LAG, tail(random, counts.sent(), 4 * MICROSECOND));
    times.put(Measure.OWN_LAG, tail(random, counts.due(), 3 * MICROSECOND));
    times.put(Measure.RESIDENCE, tail(random, counts.echoed(), 12 * MICROSECOND));
    times.put(Measure.CONNECT, tail(random, connections, 210 * MICROSECOND));
    times.put(Measure.PAUSE, tail(random, 10_000, 60 * MICROSECOND));
    if (!isOpen) {
      times.keySet().removeAll(List.of(Measure.RESPONSE, Measure.LAG, Measure.OWN_LAG));
    }
    return times;
  }

  private static Distribution ages(long missing) {
    Histogram ages = Distribution.empty();
    for (long i = 0; i < missing; i++) {
      ages.recordValue(10_000_000_000L + i * 1_000_000L);
    }
    return Distribution.of(ages);
  }

  /**
   * Counts of messages of 64 bytes with stamps.
   *
   * @param due all of them were sent
   * @param missing of them
   * @param wrong of them
   * @return the others came back
   */
  public static LoadCounts counts(long due, long missing, long wrong) {
    long echoed = due - missing - wrong;
    return new LoadCounts(
        due, due, echoed, missing, wrong, 0, Math.min(12, due), 0, echoed * 64, echoed * 104);
  }

  private static List<Interval> intervals(LoadCounts counts, boolean isOpenLoop, long seed) {
    SplittableRandom random = new SplittableRandom(seed + 1);
    List<Interval> intervals = new ArrayList<>();
    int measured = INTERVALS - WARMUP_INTERVALS;
    long perInterval = counts.echoed() / measured;
    for (int i = 0; i < INTERVALS; i++) {
      boolean isLast = i == INTERVALS - 1;
      long echoed = perInterval + (isLast ? counts.echoed() % measured : 0);
      long missing = isLast ? counts.missing() : 0;
      long wrong = isLast ? counts.wrong() : 0;
      // The seventh second has a pause, so there is something to see.
      int middle = (i == 7 ? 400 : 90) * MICROSECOND;
      intervals.add(
          new Interval(
              Duration.ofSeconds(i),
              Duration.ofSeconds(1),
              i < WARMUP_INTERVALS,
              echoed + missing + wrong,
              echoed + missing + wrong,
              echoed,
              missing,
              wrong,
              0,
              DatagramEvents.NONE,
              isOpenLoop ? tail(random, echoed, middle + 5 * MICROSECOND) : Distribution.EMPTY,
              tail(random, echoed, middle),
              Duration.ofNanos(i == 7 ? 45_000_000 : 120_000 + i)));
    }
    return intervals;
  }

  /** A median, and a tail in which each tenth of the messages takes half as long again. */
  private static Distribution tail(SplittableRandom random, long count, long medianNanos) {
    Histogram histogram = Distribution.empty();
    for (long i = 0; i < count; i++) {
      double rank = 1 - random.nextDouble();
      histogram.recordValue((long) (medianNanos * (0.8 + 0.2 * Math.pow(0.5 / rank, 0.45))));
    }
    return Distribution.of(histogram);
  }
}
