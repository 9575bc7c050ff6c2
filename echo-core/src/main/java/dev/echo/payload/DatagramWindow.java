package dev.echo.payload;

/**
 * What became of the latest datagrams of one socket: a ring over their sequence. It grows while
 * datagrams are under way that it would have to forget, up to a million, and is then used again.
 */
final class DatagramWindow {
  /** What became of one. */
  static final byte OPEN = 0;

  static final byte ECHOED = 1;
  static final byte LOST = 2;
  static final byte LATE = 3;
  static final byte WRONG = 4;

  /** So many are remembered when all of them are settled, so that copies are known as such. */
  private static final int REMEMBERED = 8192;

  private static final int MOST = 1 << 20;
  private static final int FIRST_ENTRIES = 1024;

  private long[] sentNanos = new long[FIRST_ENTRIES];
  private long[] counts = new long[FIRST_ENTRIES];
  private byte[] states = new byte[FIRST_ENTRIES];
  private long first;
  private long next;
  private long oldestOpen;
  private int open;

  /** The first one that is remembered. */
  long first() {
    return first;
  }

  /** The first one that was not sent yet. */
  long next() {
    return next;
  }

  /** How many are under way. */
  int open() {
    return open;
  }

  /** The oldest one that is under way; {@link #next()} if none is. */
  long oldestOpen() {
    while (oldestOpen < next && states[at(oldestOpen)] != OPEN) {
      oldestOpen++;
    }
    return oldestOpen;
  }

  boolean knows(long sequence) {
    return sequence >= first && sequence < next;
  }

  boolean isOpen(long sequence) {
    return state(sequence) == OPEN;
  }

  byte state(long sequence) {
    return states[at(sequence)];
  }

  long sentNanos(long sequence) {
    return sentNanos[at(sequence)];
  }

  void settle(long sequence, byte state) {
    int at = at(sequence);
    if (states[at] == OPEN) {
      open--;
    }
    states[at] = state;
  }

  /** Notes the count in the stamp of an answer; false if its datagram had that one already. */
  boolean count(long sequence, long count) {
    boolean isNew = counts[at(sequence)] != count;
    counts[at(sequence)] = count;
    return isNew;
  }

  /** Says whether the oldest one must be forgotten before another one is added. */
  boolean isFull() {
    if (next - first < states.length) {
      return false;
    }
    if (states.length < REMEMBERED || (states[at(first)] == OPEN && states.length < MOST)) {
      grow();
      return false;
    }
    return true;
  }

  void forgetFirst() {
    first++;
  }

  void add(long nanos) {
    int at = at(next++);
    sentNanos[at] = nanos;
    counts[at] = 0;
    states[at] = OPEN;
    open++;
  }

  private int at(long sequence) {
    return (int) sequence & (states.length - 1);
  }

  private void grow() {
    int length = 2 * states.length;
    long[] moreNanos = new long[length];
    long[] moreCounts = new long[length];
    byte[] moreStates = new byte[length];
    for (long sequence = first; sequence < next; sequence++) {
      int to = (int) sequence & (length - 1);
      moreNanos[to] = sentNanos[at(sequence)];
      moreCounts[to] = counts[at(sequence)];
      moreStates[to] = states[at(sequence)];
    }
    sentNanos = moreNanos;
    counts = moreCounts;
    states = moreStates;
  }
}
