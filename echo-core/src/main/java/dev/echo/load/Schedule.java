package dev.echo.load;

import java.util.concurrent.TimeUnit;

/**
 * When each message is due, fixed before the run. Message {@code i} of the run is due {@code i}
 * periods after the start and belongs to connection {@code i % connections + 1}.
 *
 * @param startNanos when the first message is due, on the event loops' clock
 * @param periodNanos between two messages of the run
 * @param connections that take turns
 * @param warmupMessages that come first and are not measured
 * @param messages in all
 */
record Schedule(
    long startNanos, double periodNanos, int connections, long warmupMessages, long messages) {

  static Schedule of(LoadPlan plan, double perSecond, long startNanos) {
    double perNano = perSecond / TimeUnit.SECONDS.toNanos(1);
    long warmup = (long) Math.ceil(plan.warmup().toNanos() * perNano);
    long measured =
        plan.amount() instanceof Amount.Messages messages
            ? messages.count()
            : (long) Math.ceil(((Amount.Time) plan.amount()).duration().toNanos() * perNano);
    return new Schedule(startNanos, 1 / perNano, plan.connections(), warmup, warmup + measured);
  }

  long dueNanos(long message) {
    return startNanos + (long) (message * periodNanos);
  }

  /** Which message of the run is one of a connection, whose number counts from 1. */
  long message(int connection, long sequence) {
    return sequence * connections + connection - 1;
  }

  boolean isMeasured(long message) {
    return message >= warmupMessages;
  }

  long firstMeasuredNanos() {
    return dueNanos(warmupMessages);
  }

  long endNanos() {
    return dueNanos(messages);
  }
}
