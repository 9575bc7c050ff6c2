package dev.echo.client.app;

import dev.echo.report.Report;
import dev.echo.text.ExitStatus;

/** The verdict on standard error, where standard output is for programs or a file has it all. */
final class Verdicts {
  private Verdicts() {}

  static void tell(Report report, BenchConfig config, Screen err) {
    ExitStatus status = report.assessment().status();
    boolean isQuiet = config.verbosity() == Verbosity.QUIET && status == ExitStatus.OK;
    if (config.outputs().isForPeople() || isQuiet) {
      return;
    }
    String name = report.name().isEmpty() ? "" : report.name() + ": ";
    err.line(name + "verdict: " + status.word());
    report.assessment().reasons().forEach(reason -> err.line("  " + reason));
  }
}
