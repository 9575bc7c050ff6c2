package dev.echo.report;

import java.util.Locale;

/** What a report is written as. */
public enum Format {
  /** For people: at most 80 columns. */
  TEXT,
  /** One object with everything; can be read back. */
  JSON,
  /** A line of JSON for each interval, then the object of {@link #JSON} on one line. */
  JSONL,
  /** A line for each interval, behind a line with the names of the columns. */
  CSV,
  /** One page with curves that needs no network. */
  HTML,
  /** HdrHistogram's percentile distribution, in milliseconds. */
  HGRM,
  /** HdrHistogram's interval log. */
  HLOG;

  /** The name as it is written on a command line: lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
