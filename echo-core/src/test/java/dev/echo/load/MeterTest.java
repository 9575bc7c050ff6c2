package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.payload.Residence;
import dev.echo.payload.WrongEcho;
import dev.echo.verify.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection; messages that leave before {@link #FIRST} belong to the warm-up. */
class MeterTest {
  private static final long FIRST = 1_000_000;
  private static final long END = 9_000_000;

  private final Meter meter = new Meter();

  private void closedLoop() {
    meter.begin(new Timing.Closed(FIRST, END));
  }

  /** A message a millisecond, the first two of them warm-up. */
  private void openLoop() {
    meter.begin(new Timing.Open(new Schedule(FIRST - 2_000_000, FIRST, END, 1_000_000, 1, 2, 10)));
  }

  private long count(Count count) {
    return meter.recording().counters().of(count);
  }

  private static WrongEcho wrong(long sequence) {
    return new WrongEcho(1, sequence, Verdict.CORRUPT, 0, 1, "corrupt");
  }

  @Test
  void countsWhatLeftInTheWarmUpOfAClosedLoopAndNeverCame() {
    closedLoop();
    meter.sent(1, 0, FIRST - 1);

    meter.missing(1, 0, FIRST - 1, END);

    LoadCounts counts = meter.recording().counters().counts();
    assertThat(counts.due()).isEqualTo(1);
    assertThat(counts.sent()).isEqualTo(1);
    assertThat(counts.missing()).isEqualTo(1);
    assertThat(meter.missingAges().getTotalCount()).isEqualTo(1);
  }

  @Test
  void leavesTheWarmUpOfAClosedLoopOutIfItCame() {
    closedLoop();
    meter.sent(1, 0, FIRST - 2);
    meter.sent(1, 1, FIRST - 1);

    meter.echoed(1, 0, FIRST - 2, FIRST + 5, 64, 104, Residence.NONE);
    meter.wrong(1, wrong(1), FIRST - 1, FIRST + 5);

    assertThat(count(Count.DUE)).isZero();
    assertThat(count(Count.ECHOED)).isZero();
    assertThat(count(Count.WRONG)).isZero();
    assertThat(meter.recording().warmup().of(Count.SENT)).isEqualTo(2);
    assertThat(meter.recording().warmup().of(Count.ECHOED)).isZero();
    assertThat(meter.recording().warmup().of(Count.WRONG)).isZero();
    assertThat(meter.recording().warmupService().getTotalCount()).isZero();
    assertThat(meter.recording().verdicts(Verdict.CORRUPT)).isEqualTo(1);
    assertThat(count(Count.ECHOED_IN_TIME)).isEqualTo(1);
    assertThat(count(Count.WIRE_BYTES_IN_TIME)).isEqualTo(104);
  }

  @Test
  void putsWhatCameInTheWarmUpIntoItsSlices() {
    closedLoop();
    meter.sent(1, 0, FIRST - 9);
    meter.sent(1, 1, FIRST - 8);

    meter.echoed(1, 0, FIRST - 9, FIRST - 5, 64, 104, Residence.NONE);
    meter.wrong(1, wrong(1), FIRST - 8, FIRST - 1);
    meter.surplus(wrong(1), FIRST - 1);
    meter.surplus(wrong(1), FIRST);

    Counters warmup = meter.recording().warmup();
    assertThat(warmup.of(Count.ECHOED)).isEqualTo(1);
    assertThat(warmup.of(Count.WRONG)).isEqualTo(1);
    assertThat(warmup.of(Count.SURPLUS)).isEqualTo(1);
    assertThat(meter.recording().warmupService().getTotalCount()).isEqualTo(1);
    assertThat(count(Count.ECHOED)).isZero();
    assertThat(count(Count.SURPLUS)).isEqualTo(1);
    assertThat(meter.recording().verdicts(Verdict.CORRUPT)).isEqualTo(3);
  }

  @Test
  void countsAWrongEchoByTheTimeItsMessageLeft() {
    closedLoop();
    meter.sent(1, 0, FIRST);

    meter.wrong(1, wrong(0), FIRST, FIRST + 5);

    assertThat(meter.recording().counters().counts().wrong()).isEqualTo(1);
  }

  @Test
  void countsWhatWasDueInOpenLoop() {
    openLoop();
    for (int message = 2; message < 7; message++) {
      meter.recording().due(0);
    }
    meter.sent(1, 2, FIRST);
    meter.sent(1, 3, FIRST);
    meter.sent(1, 4, FIRST);

    meter.echoed(1, 2, FIRST, FIRST + 5, 64, 104, Residence.NONE);
    meter.wrong(1, wrong(3), FIRST, FIRST + 5);
    meter.missing(1, 4, FIRST, END);
    meter.heldBack(1, 5, END);
    meter.heldBack(1, 6, END);
    meter.unsent(7);
    meter.missing(1, 1, FIRST - 1, END);

    LoadCounts counts = meter.recording().counters().counts();
    assertThat(counts.due()).isEqualTo(6);
    assertThat(counts.sent()).isEqualTo(3);
    assertThat(counts.missing()).isEqualTo(4);
    assertThat(counts.unsent()).isEqualTo(1);
    assertThat(meter.missingAges().getTotalCount()).isEqualTo(4);
  }

  /** The service time is 100 ns. */
  @ParameterizedTest
  @CsvSource({
    "-2, 1, 0",
    "-1, 0, 0",
    "0, 0, 1",
    "100, 0, 1",
    "101, 1, 0",
    "4611686018427387904, 1, 0"
  })
  void showsNoTimeOfAStampThatCannotBeTrue(long residence, long unusable, long shown) {
    closedLoop();
    meter.sent(1, 0, FIRST);

    meter.echoed(1, 0, FIRST, FIRST + 100, 64, 104, residence);

    assertThat(count(Count.UNUSABLE_STAMPS)).isEqualTo(unusable);
    assertThat(meter.recording().of(Measure.RESIDENCE).getTotalCount()).isEqualTo(shown);
  }
}
