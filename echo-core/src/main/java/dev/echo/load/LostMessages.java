package dev.echo.load;

import java.util.ArrayList;
import java.util.List;

/**
 * The messages that were under way on connections that ended: sequence and time of sending, in runs
 * of neighbours sent together, since many are lost at once.
 */
final class LostMessages {
  /** Takes one message. */
  interface Visitor {
    void lost(long sequence, long sentNanos);
  }

  private record Run(long first, long end, long sentNanos) {}

  private final List<Run> runs = new ArrayList<>();

  void add(long sequence, long sentNanos) {
    int last = runs.size() - 1;
    if (last >= 0 && runs.get(last).end == sequence && runs.get(last).sentNanos == sentNanos) {
      runs.set(last, new Run(runs.get(last).first, sequence + 1, sentNanos));
    } else {
      runs.add(new Run(sequence, sequence + 1, sentNanos));
    }
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }

  /** When the first one was sent. */
  long firstSentNanos() {
    return runs.get(0).sentNanos;
  }

  void forEach(Visitor visitor) {
    for (Run run : runs) {
      for (long sequence = run.first; sequence < run.end; sequence++) {
        visitor.lost(sequence, run.sentNanos);
      }
    }
  }

  void clear() {
    runs.clear();
  }
}
