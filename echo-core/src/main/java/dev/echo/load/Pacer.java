package dev.echo.load;

import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.NettyRuntime;
import java.util.concurrent.TimeUnit;

/**
 * Wakes a driver when its next message is due. A sleeping thread wakes late: by 50 us of timer
 * slack on Linux, and by the time that an idle processor takes, which for a virtual one may be
 * milliseconds. So the end of the time is not slept but spent going round, reading what comes in
 * between. From five messages a second on that takes a whole processor.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Nothing follows from it.
final class Pacer {
  /** How long before a due time the loop stops sleeping. */
  private static final long AWAKE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The same where whoever answers would have no other processor. */
  private static final long AWAKE_ALONE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EventLoop loop;
  private final Driver driver;
  private final long awakeNanos;
  private final Runnable wake = this::wake;
  private final Runnable nextRound;

  Pacer(EventLoop loop, Driver driver) {
    this.loop = loop;
    this.driver = driver;
    awakeNanos = NettyRuntime.availableProcessors() > 1 ? AWAKE_NANOS : AWAKE_ALONE_NANOS;
    nextRound = () -> loop.execute(wake);
  }

  /** Called on the loop; from then on it calls itself. */
  void wake() {
    long next = driver.tick(loop.ticker().nanoTime());
    if (next == Driver.NOTHING_DUE) {
      return;
    }
    long left = next - loop.ticker().nanoTime();
    if (left > awakeNanos) {
      loop.schedule(wake, left - awakeNanos, TimeUnit.NANOSECONDS);
    } else if (loop instanceof SingleThreadEventLoop rounds) {
      // A task that adds itself again would keep the loop from reading: one round of it lies
      // between this and the next call.
      rounds.executeAfterEventLoopIteration(nextRound);
    } else {
      loop.schedule(wake, Math.max(0, left), TimeUnit.NANOSECONDS);
    }
  }
}
