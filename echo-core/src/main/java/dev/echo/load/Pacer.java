package dev.echo.load;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a driver when its next message is due. A sleeping thread wakes late: by 50 us of timer
 * slack on Linux, and by the time that an idle processor takes, a millisecond or more for a virtual
 * one. So the end of the time is not slept but spent going round, reading what comes in between: a
 * millisecond, or twice as long as this loop was seen to oversleep, which is forgotten slowly. From
 * 1,000 messages a second on that takes a whole processor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nothing follows from it.
final class Pacer {
  /** How long before a due time the loop stops sleeping: at least, at most. */
  private static final long MIN_AWAKE_NANOS = 1_000_000;

  private static final long MAX_AWAKE_NANOS = 20_000_000;

  /** What is forgotten of it with each sleep that was not late. */
  private static final int FORGOTTEN_PART = 64;

  private final EventLoop loop;
  private final Driver driver;
  private final Runnable wake = this::wake;
  private final Runnable nextRound;
  private long awakeNanos = 2 * MIN_AWAKE_NANOS;
  private long sleepsUntil;
  private boolean asleep;

  Pacer(EventLoop loop, Driver driver) {
    this.loop = loop;
    this.driver = driver;
    nextRound = () -> loop.execute(wake);
  }

  /** Called on the loop; from then on it calls itself. */
  void wake() {
    long now = loop.ticker().nanoTime();
    if (asleep) {
      asleep = false;
      awakeNanos = awakeAfter(awakeNanos, now - sleepsUntil);
    }
    long next = driver.tick(now);
    if (next == Driver.NOTHING_DUE) {
      return;
    }
    now = loop.ticker().nanoTime();
    long sleep = next - now - awakeNanos;
    if (sleep > 0) {
      asleep = true;
      sleepsUntil = now + sleep;
      loop.schedule(wake, sleep, TimeUnit.NANOSECONDS);
    } else if (loop instanceof SingleThreadEventLoop rounds) {
      // A task that adds itself again would keep the loop from reading: one round of it lies
      // between this and the next call.
      rounds.executeAfterEventLoopIteration(nextRound);
    } else {
      loop.schedule(wake, Math.max(0, sleep + awakeNanos), TimeUnit.NANOSECONDS);
    }
  }

  /** How long to stay awake before a due time, after a sleep that ended so late. */
  static long awakeAfter(long awakeNanos, long lateNanos) {
    long needed = Math.max(2 * lateNanos, awakeNanos - awakeNanos / FORGOTTEN_PART);
    return Math.max(MIN_AWAKE_NANOS, Math.min(MAX_AWAKE_NANOS, needed));
  }
}
