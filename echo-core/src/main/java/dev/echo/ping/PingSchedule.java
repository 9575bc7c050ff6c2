package dev.echo.ping;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * When each ping of a flow is due: at fixed times from the first one on, whatever becomes of them.
 * Those that it is late for are due at once. Event loop only.
 */
final class PingSchedule {
  private final EventLoop loop;
  private final long count;
  private final long intervalNanos;
  private final LongConsumer due;
  private final Runnable last;
  private @Nullable Future<?> timer;
  private long firstDueNanos;
  private long sequence;
  private boolean begun;
  private boolean over;

  /**
   * Makes a schedule, which waits until it begins.
   *
   * @param due takes the number of each ping, from 0
   * @param last is told once the last one was due, but not if it was stopped before
   */
  PingSchedule(PingPlan plan, EventLoop loop, LongConsumer due, Runnable last) {
    this.loop = loop;
    this.due = due;
    this.last = last;
    count = plan.count();
    intervalNanos = plan.interval().toNanos();
  }

  /** The first ping is due now, or at a given time if that is yet to come. */
  void begin(long notBeforeNanos) {
    begun = true;
    firstDueNanos = Math.max(notBeforeNanos, System.nanoTime());
    if (!over) {
      await();
    }
  }

  /** No more is due. */
  void stop() {
    over = true;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Whether no more is due. */
  boolean isOver() {
    return over;
  }

  /** Whether any is due later than at once. */
  boolean goesOn() {
    boolean waits = begun && dueNanos() - System.nanoTime() > 0;
    return !over && count - sequence > (waits ? 0 : 1);
  }

  private void await() {
    timer =
        loop.schedule(this::due, Math.max(0, dueNanos() - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  private long dueNanos() {
    return firstDueNanos + sequence * intervalNanos;
  }

  private void due() {
    do {
      due.accept(sequence++);
    } while (sequence < count && dueNanos() - System.nanoTime() <= 0);
    if (sequence < count) {
      await();
    } else {
      over = true;
      last.run();
    }
  }
}
