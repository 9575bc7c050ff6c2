package dev.echo.load;

/**
 * Which messages are measured, and from when the time of each counts: what open and closed loop
 * differ in. All times are on the event loops' clock, in nanoseconds.
 */
sealed interface Timing {
  /** Whether there is a time that a message is due. */
  boolean isOpen();

  /** When a message is due; in closed loop when it was sent. */
  long dueNanos(int connection, long sequence, long sentNanos);

  /** Whether a message is measured. */
  boolean isMeasured(int connection, long sequence, long sentNanos);

  /** When the first measured message was due. */
  long firstMeasuredNanos();

  /** When the last message is past due. */
  long endNanos();

  /** Open loop. */
  record Open(Schedule schedule) implements Timing {
    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public long dueNanos(int connection, long sequence, long sentNanos) {
      return schedule.dueNanos(schedule.message(connection, sequence));
    }

    @Override
    public boolean isMeasured(int connection, long sequence, long sentNanos) {
      return schedule.isMeasured(schedule.message(connection, sequence));
    }

    @Override
    public long firstMeasuredNanos() {
      return schedule.firstMeasuredNanos();
    }

    @Override
    public long endNanos() {
      return schedule.endNanos();
    }
  }

  /**
   * Closed loop.
   *
   * @param firstMeasuredNanos what was sent before belongs to the warm-up
   * @param endNanos when sending ends; far away if messages are counted
   */
  record Closed(long firstMeasuredNanos, long endNanos) implements Timing {
    @Override
    public boolean isOpen() {
      return false;
    }

    @Override
    public long dueNanos(int connection, long sequence, long sentNanos) {
      return sentNanos;
    }

    @Override
    public boolean isMeasured(int connection, long sequence, long sentNanos) {
      return sentNanos - firstMeasuredNanos >= 0;
    }
  }
}
