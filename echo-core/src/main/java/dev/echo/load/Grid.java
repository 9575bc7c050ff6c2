package dev.echo.load;

/**
 * Where a run should be cut into slices: in equal steps from its start, and again from its first
 * measured message. A cut that comes late makes its slice longer and the next one shorter.
 *
 * @param startNanos when the run began
 * @param firstMeasuredNanos when the measured time begins
 * @param stepNanos of the slices
 */
record Grid(long startNanos, long firstMeasuredNanos, long stepNanos) {
  /** The next cut after one: the first step that is at least half a slice away. */
  long next(long cutNanos) {
    boolean isWarmup = cutNanos < firstMeasuredNanos;
    long begin = isWarmup ? startNanos : firstMeasuredNanos;
    long steps = (cutNanos - begin + stepNanos / 2 + stepNanos - 1) / stepNanos;
    long next = begin + Math.max(1, steps) * stepNanos;
    return isWarmup ? Math.min(next, firstMeasuredNanos) : next;
  }
}
