package dev.echo.load;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;

/**
 * When each message is due, fixed before the run. The messages of the warm-up are due one period
 * after the other from the start, the measured ones from the end of the warm-up: so both last as
 * long as was asked for, however slow the rate is. Message {@code i} of the run belongs to
 * connection {@code i % connections + 1}.
 *
 * @param startNanos when the first message is due, on the event loops' clock
 * @param firstMeasuredNanos when the first message is due that is measured
 * @param endNanos when the one after the last message would be due, or the measured time is over
 * @param periodNanos between two messages of the run
 * @param connections that take turns
 * @param warmupMessages that come first and are not measured
 * @param messages in all
 */
record Schedule(
    long startNanos,
    long firstMeasuredNanos,
    long endNanos,
    double periodNanos,
    int connections,
    long warmupMessages,
    long messages) {
  /** More is no plan; sums of it are still numbers. */
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 8);

  private static final BigDecimal SECOND = BigDecimal.valueOf(TimeUnit.SECONDS.toNanos(1));

  static Schedule of(LoadPlan plan, double perSecond, long startNanos) {
    // As it was written: 0.1, not the binary fraction beside it.
    BigDecimal rate = BigDecimal.valueOf(perSecond);
    long warmupNanos = plan.warmup().toNanos();
    long warmup = messagesIn(warmupNanos, rate);
    long measured;
    long measuredNanos;
    if (plan.amount() instanceof Amount.Messages messages) {
      measured = messages.count();
      measuredNanos = nanosOf(measured, rate);
    } else {
      measuredNanos = ((Amount.Time) plan.amount()).duration().toNanos();
      measured = messagesIn(measuredNanos, rate);
    }
    return new Schedule(
        startNanos,
        startNanos + warmupNanos,
        startNanos + warmupNanos + measuredNanos,
        TimeUnit.SECONDS.toNanos(1) / perSecond,
        plan.connections(),
        warmup,
        warmup + measured);
  }

  /** How many are due before a time is over, the first one at once. */
  private static long messagesIn(long nanos, BigDecimal rate) {
    return rate.multiply(BigDecimal.valueOf(nanos))
        .divide(SECOND)
        .setScale(0, RoundingMode.CEILING)
        .min(MOST)
        .longValueExact();
  }

  private static long nanosOf(long messages, BigDecimal rate) {
    return BigDecimal.valueOf(messages)
        .multiply(SECOND)
        .divide(rate, 0, RoundingMode.FLOOR)
        .min(MOST)
        .longValueExact();
  }

  long dueNanos(long message) {
    return message < warmupMessages
        ? startNanos + (long) (message * periodNanos)
        : firstMeasuredNanos + (long) ((message - warmupMessages) * periodNanos);
  }

  /** Which message of the run is one of a connection, whose number counts from 1. */
  long message(int connection, long sequence) {
    return sequence * connections + connection - 1;
  }

  boolean isMeasured(long message) {
    return message >= warmupMessages;
  }
}
