package dev.echo.load;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a driver when its next message is due. A sleeping thread wakes late: by 50 us of timer
 * slack on Linux, and by the time that an idle processor takes, several hundred microseconds for a
 * virtual one. So the last millisecond is not slept: the loop goes round, reading what comes in
 * between. From 1,000 messages a second on that takes a whole processor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nothing follows from it.
final class Pacer {
  /** How long before a due time the loop stops sleeping. */
  private static final long AWAKE_NANOS = 1_000_000;

  private final EventLoop loop;
  private final Driver driver;
  private final Runnable wake = this::wake;
  private final Runnable nextRound;

  Pacer(EventLoop loop, Driver driver) {
    this.loop = loop;
    this.driver = driver;
    nextRound = () -> loop.execute(wake);
  }

  /** Called on the loop; from then on it calls itself. */
  void wake() {
    long now = loop.ticker().nanoTime();
    long next = driver.tick(now);
    if (next == Driver.NOTHING_DUE) {
      return;
    }
    long sleep = next - loop.ticker().nanoTime() - AWAKE_NANOS;
    if (sleep > 0) {
      loop.schedule(wake, sleep, TimeUnit.NANOSECONDS);
    } else if (loop instanceof SingleThreadEventLoop rounds) {
      // A task that adds itself again would keep the loop from reading: one round of it lies
      // between this and the next call.
      rounds.executeAfterEventLoopIteration(nextRound);
    } else {
      loop.schedule(wake, Math.max(0, sleep + AWAKE_NANOS), TimeUnit.NANOSECONDS);
    }
  }
}
