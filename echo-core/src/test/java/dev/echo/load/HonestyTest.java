package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.echo.client.ClientMode;
import dev.echo.client.Peer;
import dev.echo.client.Stamps;
import dev.echo.endpoint.TcpEndpoint;
import dev.echo.payload.PayloadSource.Generated;
import dev.echo.payload.Script;
import dev.echo.payload.WrongEcho;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a stall of the peer does to the figures, under a clock that the test moves: 1,000 messages a
 * second for ten seconds, and a peer that holds everything for one second.
 */
class HonestyTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long STEP = TimeUnit.MICROSECONDS.toNanos(10);
  private static final long DELAY = TimeUnit.MICROSECONDS.toNanos(50);

  @Test
  void countsAStallFromTheDueTimesWhenOneMessageIsInFlight() {
    Simulation simulation = new Simulation(1, DELAY, SECOND);

    Recording seen = simulation.run();

    assertThat(seen.counters().of(Count.ECHOED)).isEqualTo(10_000);
    assertThat(seen.counters().of(Count.HELD_BY_CAP)).isBetween(1000L, 1100L);
    assertThat(seconds(seen, Measure.RESPONSE, 99)).isCloseTo(0.90, within(0.045));
    assertThat(seconds(seen, Measure.RESPONSE, 99.9)).isCloseTo(0.99, within(0.05));
    assertThat(seconds(seen, Measure.RESPONSE, 100)).isCloseTo(1.0, within(0.05));
    assertThat(seconds(seen, Measure.SERVICE, 99.9)).isCloseTo(DELAY / 1e9, within(STEP * 2e-9));
    assertThat(seconds(seen, Measure.SERVICE, 100)).isCloseTo(1.0, within(0.05));
    assertThat(seconds(seen, Measure.OWN_LAG, 100)).isZero();
  }

  @Test
  void agreesWithArithmeticWhenNothingIsCapped() {
    Simulation simulation = new Simulation(65_536, DELAY, SECOND);

    Recording seen = simulation.run();

    assertThat(seen.counters().of(Count.HELD_BY_CAP)).isZero();
    for (Measure measure : new Measure[] {Measure.RESPONSE, Measure.SERVICE}) {
      assertThat(seconds(seen, measure, 99)).as("%s", measure).isCloseTo(0.90, within(0.01));
      assertThat(seconds(seen, measure, 99.9)).as("%s", measure).isCloseTo(0.99, within(0.01));
      assertThat(seconds(seen, measure, 100)).as("%s", measure).isCloseTo(1.0, within(0.01));
      // A tenth of all messages met the stall.
      assertThat(seconds(seen, measure, 89.9)).as("%s", measure).isLessThan(0.002);
    }
    assertThat(seconds(seen, Measure.LAG, 100)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10})
  void showsAnAddedDelayInTheMedian(long millis) {
    long added = TimeUnit.MILLISECONDS.toNanos(millis);

    double before = seconds(new Simulation(65_536, DELAY, 0).run(), Measure.RESPONSE, 50);
    double after = seconds(new Simulation(65_536, DELAY + added, 0).run(), Measure.RESPONSE, 50);

    assertThat(after - before).isCloseTo(added / 1e9, within(100e-6));
  }

  /** Two seconds of stall at the end: those that never come rank as at least their age. */
  @Test
  void ranksWhatNeverCame() {
    Simulation simulation = new Simulation(65_536, DELAY, 100 * SECOND);

    Recording seen = simulation.run();
    Histogram ages = simulation.missingAges();

    assertThat(seen.counters().of(Count.ECHOED) + ages.getTotalCount()).isEqualTo(10_000);
    assertThat(seen.counters().of(Count.MISSING)).isEqualTo(ages.getTotalCount()).isEqualTo(6000);
    assertThat(ages.getMinValue() / 1e9).isCloseTo(1.0, within(0.01));
    assertThat(ages.getMaxValue() / 1e9).isCloseTo(7.0, within(0.01));
  }

  /** It carries 200 a second of 1,000; the others come later, or never. */
  @Test
  void countsForTheRateOnlyWhatCameInTheTime() {
    Simulation simulation = new Simulation(65_536, DELAY, 0).spaced(SECOND / 200);

    Recording seen = simulation.run();

    assertThat(seen.counters().of(Count.SENT_IN_TIME)).isEqualTo(10_000);
    // Those of ten seconds, and of a hundredth of that for late ones.
    assertThat(seen.counters().of(Count.ECHOED_IN_TIME)).isBetween(1990L, 2021L);
    assertThat(seen.counters().of(Count.PAYLOAD_BYTES_IN_TIME))
        .isEqualTo(64 * seen.counters().of(Count.ECHOED_IN_TIME));
  }

  @Test
  void countsForTheRateAllThatAnHonestPathReturns() {
    Recording seen = new Simulation(65_536, SECOND / 2, 0).run();

    assertThat(seen.counters().of(Count.ECHOED_IN_TIME)).isEqualTo(10_000);
  }

  private static double seconds(Recording seen, Measure measure, double percent) {
    return seen.of(measure).getValueAtPercentile(percent) / 1e9;
  }

  /** One flow, a peer with a delay, and a stall four seconds after the first measured message. */
  private static final class Simulation implements Flow.Owner {
    private static final long START = 5 * SECOND;

    private record Arrival(long nanos, ByteBuf bytes) {}

    private final Meter meter = new Meter();
    private final ArrayDeque<Arrival> network = new ArrayDeque<>();
    private final Schedule schedule;
    private final Flow flow;
    private final long delayNanos;
    private final long stallNanos;
    private final long stallBegin;
    private long untilNanos = START + 12 * SECOND;
    private long spacingNanos;
    private long lastArrival;
    private long message;
    private long now = START;

    Simulation(int cap, long delayNanos, long stallNanos) {
      this.delayNanos = delayNanos;
      this.stallNanos = stallNanos;
      LoadPlan plan =
          LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 1))
              .warmup(Duration.ofSeconds(1))
              .amount(new Amount.Time(Duration.ofSeconds(10)))
              .build();
      schedule = Schedule.of(plan, 1000, START);
      stallBegin = START + 5 * SECOND;
      Script script = new Script(ClientMode.FRAMES, Stamps.OFF, new Generated(64, 64), 7);
      flow = new Flow(1, script, cap, this);
      meter.begin(new Timing.Open(schedule));
      flow.connected(Peer.PLAIN);
    }

    /** One echo comes so long after the other at least. */
    Simulation spaced(long nanos) {
      spacingNanos = nanos;
      untilNanos = START + 20 * SECOND;
      return this;
    }

    Recording run() {
      Recording recording = meter.recording();
      for (; now < untilNanos; now += STEP) {
        while (message < schedule.messages() && schedule.dueNanos(message) <= now) {
          flow.due();
          if (schedule.isMeasured(message)) {
            recording.due(now - schedule.dueNanos(message));
            if (flow.isOverCap()) {
              recording.count(Count.HELD_BY_CAP);
            }
          }
          message++;
        }
        send();
        while (!network.isEmpty() && network.peek().nanos() <= now) {
          ByteBuf bytes = network.remove().bytes();
          flow.received(bytes, now);
          bytes.release();
          send();
        }
      }
      return recording;
    }

    Histogram missingAges() {
      flow.missing(now);
      network.forEach(arrival -> arrival.bytes().release());
      return meter.missingAges();
    }

    private void send() {
      long count = flow.sendable();
      if (count > 0) {
        ByteBuf out = Unpooled.buffer();
        long first = flow.next();
        flow.write(out, count, 1 << 16);
        flow.left(first, now);
        network.add(new Arrival(arrival(now), out));
      }
    }

    private long arrival(long sent) {
      boolean stalled = sent >= stallBegin && sent < stallBegin + stallNanos;
      long arrival = (stalled ? stallBegin + stallNanos : sent) + delayNanos;
      lastArrival = Math.max(arrival, lastArrival + spacingNanos);
      return lastArrival;
    }

    @Override
    public Meter meter() {
      return meter;
    }

    @Override
    public long allowance() {
      return Long.MAX_VALUE;
    }

    @Override
    public void left(long count, long sentNanos) {}

    @Override
    public void wrong(WrongEcho wrong) {
      throw new AssertionError(wrong.sentence());
    }
  }
}
