package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.metrics.Distribution;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PauseMeterTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private long now = 7;
  private final PauseMeter meter = new PauseMeter(() -> now);

  private void sleep(long nanos) {
    now += nanos;
  }

  @Test
  void notesHowLateItWakes() {
    sleep(3 * MILLI);
    meter.wake(MILLI);

    assertThat(meter.take(Distribution.empty()).getMaxValue() / 1e6).isBetween(1.99, 2.01);
  }

  /** A process that was stopped may cut the slice before the meter has woken. */
  @Test
  void countsAPauseToTheSliceInWhichItEnded() {
    sleep(3_000 * MILLI);

    Histogram first = meter.take(Distribution.empty());
    meter.wake(MILLI);
    Histogram second = meter.take(Distribution.empty());

    assertThat(first.getMaxValue() / 1e6).isBetween(2_990.0, 3_010.0);
    assertThat(second.getMaxValue()).isZero();
  }

  @Test
  void addsNothingBeforeItShouldWake() {
    sleep(MILLI / 2);

    assertThat(meter.take(Distribution.empty()).getTotalCount()).isZero();
  }

  @Test
  void endsItsThread() {
    meter.start();
    meter.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("echo-pauses"));
  }
}
