package dev.echo.report;

import dev.echo.load.Interval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes reports while runs go on: each line as soon as it is known where the format is made of
 * lines, all at the end where it is not. What comes out is what {@link Renderer} writes of the same
 * reports. For one thread at a time.
 */
public final class ReportStream {
  private final Format format;
  private final Appendable out;
  private final List<Report> kept = new ArrayList<>();
  private boolean hasBegun;

  private ReportStream(Format format, Appendable out) {
    this.format = format;
    this.out = out;
  }

  /**
   * Begins with nothing.
   *
   * @param format what to write
   * @param out gets it; neither flushed nor closed
   * @return the stream
   */
  public static ReportStream of(Format format, Appendable out) {
    return new ReportStream(format, out);
  }

  /**
   * A slice of a run is over: a line in JSON lines and in CSV, else nothing.
   *
   * @param run the name that the report of the run will have
   * @param interval what was seen
   * @throws IOException if {@code out} fails
   */
  public void interval(String run, Interval interval) throws IOException {
    if (format == Format.CSV) {
      begin();
      out.append(CsvReport.line(run, interval));
    } else if (format == Format.JSONL) {
      out.append(JsonReport.line(run, interval));
    }
  }

  /**
   * A run is over: a line in JSON lines, nothing in CSV; else it is kept for {@link #finish()}.
   *
   * @param report of the run whose intervals came before
   * @throws IOException if {@code out} fails
   */
  public void report(Report report) throws IOException {
    if (format == Format.CSV) {
      begin();
    } else if (format == Format.JSONL) {
      out.append(JsonReport.line(report));
    } else {
      kept.add(report);
    }
  }

  /**
   * Nothing more comes: writes what was kept, if anything was.
   *
   * @throws IOException if {@code out} fails
   */
  public void finish() throws IOException {
    if (!kept.isEmpty()) {
      Renderer.of(format).render(List.copyOf(kept), out);
      kept.clear();
    }
  }

  private void begin() throws IOException {
    if (!hasBegun) {
      hasBegun = true;
      out.append(CsvReport.header());
    }
  }
}
