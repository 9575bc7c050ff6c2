package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLimiterTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final LineLimiter limiter = new LineLimiter(20, now::get);

  @Test
  void letsBurstThroughAndCountsTheRest() {
    long passed = passing(1000);

    assertThat(passed).isEqualTo(21);
    assertThat(limiter.takeSkipped()).isEqualTo(1000 - passed);
    assertThat(limiter.takeSkipped()).isZero();
  }

  @Test
  void letsOnlyTheRateThroughInTheLongRun() {
    long passed = 0;
    for (int second = 0; second < 60; second++) {
      passed += passing(1000);
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    assertThat(passed).isBetween(60 * 20L, 61 * 20L + 1);
  }

  @Test
  void gathersNoMoreThanOneBurst() {
    now.addAndGet(TimeUnit.HOURS.toNanos(1));

    assertThat(passing(1000)).isEqualTo(21);
  }

  private long passing(int lines) {
    return IntStream.range(0, lines).filter(line -> limiter.pass()).count();
  }
}
