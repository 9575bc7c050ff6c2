package dev.echo.load;

/**
 * When the messages of one connection that are under way were sent: one entry for all that left
 * with one write. A ring that grows as it must and is then used again.
 */
final class SendLog {
  private static final int FIRST_ENTRIES = 16;

  private long[] ends = new long[FIRST_ENTRIES];
  private long[] times = new long[FIRST_ENTRIES];
  private int head;
  private int size;

  /** Notes that the messages up to an end, exclusive, were sent. */
  void add(long end, long sentNanos) {
    if (size == ends.length) {
      grow();
    }
    int tail = (head + size) & (ends.length - 1);
    ends[tail] = end;
    times[tail] = sentNanos;
    size++;
  }

  /**
   * When a message was sent. Messages are asked for in their order; entries of earlier ones are
   * forgotten.
   */
  long sentNanos(long sequence) {
    while (size > 1 && ends[head] <= sequence) {
      head = (head + 1) & (ends.length - 1);
      size--;
    }
    return times[head];
  }

  private void grow() {
    long[] moreEnds = new long[2 * ends.length];
    long[] moreTimes = new long[2 * ends.length];
    for (int i = 0; i < size; i++) {
      int at = (head + i) & (ends.length - 1);
      moreEnds[i] = ends[at];
      moreTimes[i] = times[at];
    }
    ends = moreEnds;
    times = moreTimes;
    head = 0;
  }
}
