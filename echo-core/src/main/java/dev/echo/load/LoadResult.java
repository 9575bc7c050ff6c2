package dev.echo.load;

import dev.echo.client.DatagramCounts;
import dev.echo.metrics.Distribution;
import dev.echo.payload.WrongEcho;
import dev.echo.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What one run measured. Everything a report shows comes from here.
 *
 * @param plan with every setting needed to do it again
 * @param host where it was measured
 * @param started the wall clock at the first due time, the warm-up included
 * @param measured how long the measured part took: from its first due time to one period after its
 *     last, in closed loop until sending ended, or until the last echo if messages were counted
 * @param ending why it ended
 * @param counts messages
 * @param datagrams what became of the measured ones over UDP: lost and late ones are {@link
 *     LoadCounts#missing()} too; {@link DatagramCounts#NONE} over other paths
 * @param connections what happened to them
 * @param times what was measured; a measure that does not apply is missing or empty
 * @param missingAges how old the messages that never came were at the end: a lower bound of their
 *     response times, in closed loop of their service times
 * @param intervals the run in slices; the measured ones sum to {@code counts}, or there are none
 * @param wrong the first hundred wrong echoes, what came in addition among them
 * @param verdicts all that was found wrong: {@link LoadCounts#wrong()}, {@link
 *     LoadCounts#surplus()}, and {@link #wrongInWarmup()}; a verdict that nothing got is missing
 * @param troubles the first hundred connections that could not be made or were lost
 */
public record LoadResult(
    LoadPlan plan,
    Host host,
    Instant started,
    Duration measured,
    Ending ending,
    LoadCounts counts,
    DatagramCounts datagrams,
    ConnectionCounts connections,
    Map<Measure, Distribution> times,
    Distribution missingAges,
    List<Interval> intervals,
    List<WrongEcho> wrong,
    Map<Verdict, Long> verdicts,
    List<Trouble> troubles) {

  /**
   * Keeps copies of the collections.
   *
   * @throws IllegalArgumentException if two figures contradict each other; the message has both
   */
  public LoadResult(
      LoadPlan plan,
      Host host,
      Instant started,
      Duration measured,
      Ending ending,
      LoadCounts counts,
      DatagramCounts datagrams,
      ConnectionCounts connections,
      Map<Measure, Distribution> times,
      Distribution missingAges,
      List<Interval> intervals,
      List<WrongEcho> wrong,
      Map<Verdict, Long> verdicts,
      List<Trouble> troubles) {
    this.plan = plan;
    this.host = host;
    this.started = started;
    this.measured = measured;
    this.ending = ending;
    this.counts = counts;
    this.datagrams = datagrams;
    this.connections = connections;
    this.times = copy(Measure.class, times);
    this.missingAges = missingAges;
    this.intervals = List.copyOf(intervals);
    this.wrong = List.copyOf(wrong);
    this.verdicts = copy(Verdict.class, verdicts);
    this.troubles = List.copyOf(troubles);
    Consistency.check(this);
  }

  private static <K extends Enum<K>, V> Map<K, V> copy(Class<K> keys, Map<K, V> map) {
    EnumMap<K, V> copy = new EnumMap<>(keys);
    copy.putAll(map);
    return Collections.unmodifiableMap(copy);
  }

  /**
   * How often something wrong came back, whenever and whatever it was. A run with any is not ok.
   *
   * @return {@link LoadCounts#wrong()}, {@link LoadCounts#surplus()} and {@link #wrongInWarmup()}
   */
  public long wrongEchoes() {
    return verdicts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * How many messages of the warm-up came back wrong.
   *
   * @return 0 or more; they are none of {@link LoadCounts#due()}
   */
  public long wrongInWarmup() {
    return wrongEchoes() - counts.wrong() - counts.surplus();
  }

  /**
   * One of the times.
   *
   * @param measure which
   * @return empty if it does not apply
   */
  public Distribution time(Measure measure) {
    return times.getOrDefault(measure, Distribution.EMPTY);
  }

  /**
   * A percentile of one of the times, with what the sample allows to be said. Messages that never
   * came are ranked as at least their age, in the response time or, in closed loop, in the service
   * time: those are the percentiles that users live with.
   *
   * @param measure which time
   * @param percent 0 to 100; 100 is the maximum
   * @return the value and how far it is to be believed
   */
  public Quantile quantile(Measure measure, double percent) {
    boolean ranksMissing =
        measure == (plan.pace() instanceof Pace.Max ? Measure.SERVICE : Measure.RESPONSE);
    return Quantile.of(time(measure), ranksMissing ? missingAges : Distribution.EMPTY, percent);
  }

  /**
   * Says whether the measured time is long enough for a rate.
   *
   * @return false if it is shorter than {@link Throughput#SHORTEST}
   */
  public boolean carriesRate() {
    return measured.compareTo(Throughput.SHORTEST) >= 0;
  }

  /**
   * Messages that came back whole and equal per second: those that came while the measured time
   * ran, not those that came after it.
   *
   * @return 0 or more; 0 if the run {@linkplain #carriesRate() carries no rate}
   */
  public double rate() {
    return perSecond(counts.throughput().echoed());
  }

  /**
   * The rate of something else that came while the measured time ran, as one of the bytes in {@link
   * LoadCounts#throughput()}. In open loop each message stands for the time until the next one is
   * due, so that a last one that is due just before the end makes no rate above the one asked for.
   *
   * @param number of it
   * @return per second; 0 if the run {@linkplain #carriesRate() carries no rate}
   */
  public double perSecond(long number) {
    if (!carriesRate()) {
      return 0;
    }
    long nanos = measured.toNanos();
    if (plan.pace() instanceof Pace.PerSecond asked) {
      double surplus = counts.due() - asked.messages() * nanos / 1e9;
      // One at most for each machine whose results are merged.
      if (surplus > 0 && surplus <= plan.connections()) {
        return asked.messages() * ((double) number / counts.due());
      }
    }
    return number * 1e9 / nanos;
  }
}
