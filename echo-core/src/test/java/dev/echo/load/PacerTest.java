package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacerTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void staysAwakeTwiceAsLongAsItOverslept() {
    assertThat(Pacer.awakeAfter(MILLI, 3 * MILLI)).isEqualTo(6 * MILLI);
  }

  @Test
  void keepsToAMillisecondAtLeastAndToTwentyAtMost() {
    assertThat(Pacer.awakeAfter(MILLI, 0)).isEqualTo(MILLI);
    assertThat(Pacer.awakeAfter(MILLI, 100 * MILLI)).isEqualTo(20 * MILLI);
  }

  @Test
  void forgetsSlowly() {
    long awake = 6 * MILLI;
    int sleeps = 0;
    while (awake > 3 * MILLI) {
      awake = Pacer.awakeAfter(awake, MILLI / 10);
      sleeps++;
    }

    assertThat(sleeps).isBetween(30, 60);
  }
}
