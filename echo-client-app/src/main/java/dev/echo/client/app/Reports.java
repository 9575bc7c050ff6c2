package dev.echo.client.app;

import java.util.List;

/** Several reports as one, for any thread, until the summary. */
final class Reports implements Report {
  private final List<Report> reports;
  private boolean closed;

  Reports(List<Report> reports) {
    this.reports = List.copyOf(reports);
  }

  @Override
  public synchronized void note(String sentence) {
    if (!closed) {
      reports.forEach(report -> report.note(sentence));
    }
  }

  @Override
  public synchronized void message(Echo echo) {
    if (!closed) {
      reports.forEach(report -> report.message(echo));
    }
  }

  @Override
  public synchronized void failure(Failure failure) {
    if (!closed) {
      reports.forEach(report -> report.failure(failure));
    }
  }

  @Override
  public synchronized void summary(Tally.Summary summary) {
    if (!closed) {
      closed = true;
      reports.forEach(report -> report.summary(summary));
    }
  }
}
