package dev.echo.testing;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;

/** Time that passes in a channel whose clock is frozen. */
public final class FrozenTime {
  private static final long STEP_MILLIS = 20;

  private FrozenTime() {}

  /**
   * Time of a process that runs: its timers fire when they are due.
   *
   * @param channel with a frozen clock
   * @param millis how long
   */
  public static void pass(EmbeddedChannel channel, long millis) {
    for (long left = millis; left > 0; left -= STEP_MILLIS) {
      channel.advanceTimeBy(Math.min(left, STEP_MILLIS), TimeUnit.MILLISECONDS);
      channel.runScheduledPendingTasks();
    }
  }

  /**
   * Time of a process that is stopped: its timers fire at the end.
   *
   * @param channel with a frozen clock
   * @param millis how long
   */
  public static void stop(EmbeddedChannel channel, long millis) {
    channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
  }
}
