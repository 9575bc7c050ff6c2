package dev.echo.report;

import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Pace;
import dev.echo.metrics.Distribution;

/** The time that a result is about: the response time, in closed loop the service time. */
final class MainTime {
  private MainTime() {}

  static Measure of(LoadResult result) {
    return result.plan().pace() instanceof Pace.Max ? Measure.SERVICE : Measure.RESPONSE;
  }

  /** With the messages that never came ranked as at least their age. */
  static Distribution ranked(LoadResult result) {
    return result.time(of(result)).plus(result.missingAges());
  }
}
