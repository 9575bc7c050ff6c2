package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.endpoint.TcpEndpoint;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static final long START = TimeUnit.SECONDS.toNanos(7);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static Schedule schedule(double rate, Duration warmup, Amount amount) {
    LoadPlan plan =
        LoadPlan.builder(TcpEndpoint.of("127.0.0.1", 1))
            .connections(3)
            .warmup(warmup)
            .amount(amount)
            .build();
    return Schedule.of(plan, rate, START);
  }

  /** Counted by hand: as many as are due before the time is over, the first one at once. */
  @ParameterizedTest
  @CsvSource({
    "10000, 1500, 15000",
    "4, 15000, 60",
    "70, 3000, 210",
    "73, 10000, 730",
    "7, 1000, 7",
    "3, 1000, 3",
    "0.1, 30000, 3",
    "0.1, 3000, 1",
    "0.3, 10000, 3",
    "1.1, 10000, 11",
    "1000000000, 1, 1000000",
    "1000, 10, 10",
    "999, 1, 1",
    "1001, 1, 2"
  })
  void holdsRateTimesDuration(double rate, long millis, long messages) {
    Duration time = Duration.ofMillis(millis);

    Schedule measured = schedule(rate, Duration.ZERO, new Amount.Time(time));
    Schedule both = schedule(rate, time, new Amount.Time(time));

    assertThat(measured.messages()).isEqualTo(messages);
    assertThat(both.warmupMessages()).isEqualTo(messages);
    assertThat(both.messages()).isEqualTo(2 * messages);
    assertThat(both.firstMeasuredNanos()).isEqualTo(START + time.toNanos());
    assertThat(both.endNanos()).isEqualTo(START + 2 * time.toNanos());
    assertThat(both.dueNanos(messages)).isEqualTo(both.firstMeasuredNanos());
    assertThat(both.dueNanos(messages - 1)).isLessThan(both.firstMeasuredNanos());
    assertThat(both.dueNanos(2 * messages - 1)).isLessThan(both.endNanos());
  }

  @Test
  void takesTheTimeThatSoManyMessagesTake() {
    Schedule schedule = schedule(73, Duration.ofSeconds(2), new Amount.Messages(730));

    assertThat(schedule.warmupMessages()).isEqualTo(146);
    assertThat(schedule.messages()).isEqualTo(876);
    assertThat(schedule.endNanos() - schedule.firstMeasuredNanos()).isEqualTo(10 * SECOND);
  }

  @Test
  void spacesMessagesEvenlyWithoutDrift() {
    Schedule schedule = schedule(7, Duration.ZERO, new Amount.Time(Duration.ofSeconds(1_000_000)));

    for (long second = 0; second < 1_000_000; second += 99_999) {
      assertThat(schedule.dueNanos(7 * second) - START)
          .isBetween(second * SECOND - 1, second * SECOND);
    }
  }

  @Test
  void holdsAnyPlan() {
    Duration longest = Duration.ofDays(50_000);

    assertThat(schedule(1e9, Duration.ZERO, new Amount.Time(longest)).messages()).isPositive();
    assertThat(schedule(1e-9, longest, new Amount.Messages(Long.MAX_VALUE / 8)).endNanos())
        .isPositive();
  }

  @Test
  void givesEachConnectionItsTurn() {
    Schedule schedule = schedule(1000, Duration.ZERO, new Amount.Messages(7));

    assertThat(schedule.message(1, 0)).isZero();
    assertThat(schedule.message(3, 0)).isEqualTo(2);
    assertThat(schedule.message(1, 1)).isEqualTo(3);
  }
}
