package dev.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwakeTimerTest {
  private static final long STEP = 20;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int times;
  private final AwakeTimer patience = new AwakeTimer(channel.eventLoop(), () -> times++);

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    assertThat(channel.finish()).isFalse();
  }

  /** So long a process that runs. */
  private void pass(long millis) {
    for (long passed = 0; passed < millis; passed += STEP) {
      stop(STEP);
    }
  }

  /** So long a process that is stopped. */
  private void stop(long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }

  @Test
  void endsOnceAfterTheTime() {
    patience.atMost(SECOND);

    pass(980);
    assertThat(times).isZero();
    pass(5_000);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void doesNotCountATimeInWhichTheProcessWasStopped() {
    patience.atMost(SECOND);
    pass(400);

    stop(60_000);
    assertThat(times).isZero();
    pass(400);
    assertThat(times).isZero();
    pass(200);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void endsByTheShorterOfTwoTimes() {
    patience.atMost(SECOND);
    patience.atMost(SECOND / 10);
    patience.atMost(3 * SECOND);

    pass(100);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void beginsAgain() {
    patience.renew(SECOND);
    patience.atMost(SECOND);
    for (int i = 0; i < 10; i++) {
      pass(900);
      patience.renew(SECOND);
    }
    assertThat(times).isZero();

    pass(1_000);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void waitsNoMoreOnceItIsEnded() {
    patience.atMost(SECOND);
    patience.end();

    pass(2_000);
    assertThat(times).isZero();
  }
}
