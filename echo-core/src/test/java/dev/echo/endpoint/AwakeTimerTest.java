package dev.echo.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.testing.FrozenTime;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AwakeTimerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private int times;
  private final AwakeTimer timer = new AwakeTimer(channel.eventLoop(), () -> times++);

  @BeforeEach
  void freeze() {
    channel.freezeTime();
  }

  @AfterEach
  void close() {
    assertThat(channel.finish()).isFalse();
  }

  private void pass(long millis) {
    FrozenTime.pass(channel, millis);
  }

  @Test
  void endsOnceAfterTheTime() {
    timer.atMost(SECOND);

    pass(980);
    assertThat(times).isZero();
    pass(5_000);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void doesNotCountATimeInWhichTheProcessWasStopped() {
    timer.atMost(SECOND);
    pass(400);

    FrozenTime.stop(channel, 60_000);
    assertThat(times).isZero();
    pass(400);
    assertThat(times).isZero();
    pass(200);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void endsByTheShorterOfTwoTimes() {
    timer.atMost(SECOND);
    timer.atMost(SECOND / 10);
    timer.atMost(3 * SECOND);

    pass(100);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void beginsAgain() {
    timer.renew(SECOND);
    timer.atMost(SECOND);
    for (int i = 0; i < 10; i++) {
      pass(900);
      timer.renew(SECOND);
    }
    assertThat(times).isZero();

    pass(1_000);
    assertThat(times).isEqualTo(1);
  }

  @Test
  void waitsNoMoreOnceItIsEnded() {
    timer.atMost(SECOND);
    timer.end();

    pass(2_000);
    assertThat(times).isZero();
  }
}
