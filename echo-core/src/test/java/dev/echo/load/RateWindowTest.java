package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 1,000 messages a second for two seconds, after a warm-up of one second, by arithmetic. */
class RateWindowTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long START = 5_000 * MILLI;
  private static final int MESSAGES = 2_000;

  private final RateWindow open =
      new RateWindow(
          new Timing.Open(
              new Schedule(
                  START - 1_000 * MILLI, START, START + 2_000 * MILLI, MILLI, 1, 1000, 3000)));

  /** Whether the echo of the message due so late counts, which comes so much later. */
  private boolean holds(long dueMillis, long responseMillis) {
    return open.holdsResponse(START + (dueMillis + responseMillis) * MILLI, responseMillis * MILLI);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 30, 500, 5_000})
  void holdsAllEchoesOfAPathWithADelay(long delayMillis) {
    long held = 0;
    for (long due = 0; due < MESSAGES; due++) {
      held += holds(due, delayMillis + due % 7) ? 1 : 0;
    }

    assertThat(held).isEqualTo(MESSAGES);
  }

  /** 400 come in two seconds, and those of a hundredth of that time. */
  @Test
  void holdsOnlyWhatASlowPeerReturnsInTheTime() {
    long held = 0;
    for (long due = 0; due < MESSAGES; due++) {
      held += holds(due, 5 + due * 4) ? 1 : 0;
    }

    assertThat(held).isBetween(400L, 405L);
  }

  /** The queue was full when the measured time began: the first echo takes four seconds. */
  @Test
  void holdsAsMuchOfAPeerThatWasSlowFromTheBeginning() {
    long held = 0;
    for (long due = 0; due < MESSAGES; due++) {
      held += holds(due, 4_000 + due * 4) ? 1 : 0;
    }

    assertThat(held).isBetween(400L, 405L);
  }

  @Test
  void leavesOutAStraggler() {
    assertThat(holds(0, 1)).isTrue();
    assertThat(holds(1_000, 1_500)).isFalse();
    assertThat(holds(1_999, 1)).isTrue();
  }

  @Test
  void endsWithARunThatIsEnded() {
    assertThat(holds(0, 1)).isTrue();
    open.end(START + 1_000 * MILLI);

    assertThat(holds(999, 1)).isTrue();
    assertThat(holds(999, 100)).isFalse();
    assertThat(open.holdsSent(START + 1_000 * MILLI)).isTrue();
    assertThat(open.holdsSent(START + 1_001 * MILLI)).isFalse();
  }

  @Test
  void holdsWhateverComesInTheMeasuredTimeOfAClosedLoop() {
    RateWindow closed = new RateWindow(new Timing.Closed(START, START + 2_000 * MILLI));

    assertThat(closed.holdsEcho(START - 1)).isFalse();
    assertThat(closed.lastEchoNanos()).isEqualTo(START);
    assertThat(closed.holdsEcho(START)).isTrue();
    assertThat(closed.holdsEcho(START + 2_000 * MILLI)).isTrue();
    assertThat(closed.holdsEcho(START + 2_000 * MILLI + 1)).isFalse();
    assertThat(closed.lastEchoNanos()).isEqualTo(START + 2_000 * MILLI);
  }
}
