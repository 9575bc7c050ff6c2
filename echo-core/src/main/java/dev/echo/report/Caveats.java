package dev.echo.report;

import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.load.Quantile.Bound;
import java.util.ArrayList;
import java.util.List;

/** What a reader must know to read the times right, said only where it applies. */
final class Caveats {
  static final String NO_RESPONSE_TIME =
      "NO RESPONSE TIME: this is a closed loop. A message waits until an earlier one came back, so a"
          + " stall also holds back the messages that would have met it, and the times below hide"
          + " it. To see what users at a given rate see, set a rate (-r 1k).";

  static final String AT_LEAST =
      ">= messages that never came count as at least their age at the end";
  static final String NOT_CARRIED =
      "-  too few: less than ten times lie at or beyond this percentile";
  static final String RESIDENCE =
      "residence: the server's own account; leaves out kernel buffers, pauses before the read and"
          + " the tail of a large message, so the rest is not \"the network\"";
  static final String PAUSE =
      "pause: how late a thread of the client woke from 1 ms of sleep; not subtracted";
  static final String OWN_LAG =
      "own lag: without what a cap, a full socket or a missing connection held back";

  private Caveats() {}

  static boolean hasNoResponseTime(LoadResult result) {
    return result.plan().pace() instanceof Pace.Max;
  }

  static List<String> of(TimesTable table) {
    List<String> caveats = new ArrayList<>();
    if (table.has(Bound.AT_LEAST)) {
      caveats.add(AT_LEAST);
    }
    if (table.has(Bound.NOT_CARRIED)) {
      caveats.add(NOT_CARRIED);
    }
    if (table.has(Measure.OWN_LAG)) {
      caveats.add(OWN_LAG);
    }
    if (table.has(Measure.RESIDENCE)) {
      caveats.add(RESIDENCE);
    }
    if (table.has(Measure.PAUSE)) {
      caveats.add(PAUSE);
    }
    return List.copyOf(caveats);
  }
}
