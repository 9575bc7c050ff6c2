package dev.echo.report;

import dev.echo.load.LoadPlan;
import java.util.List;

/** What a plan asks for, as people read it. */
public final class Settings {
  private Settings() {}

  /**
   * Says in which settings two plans differ, the seed aside, so whether their results can be
   * compared.
   *
   * @param one a plan
   * @param other another
   * @return a line for each that differs, as in {@code rate: 10,000/s, 20,000/s}; empty if none
   */
  public static List<String> differences(LoadPlan one, LoadPlan other) {
    return one.equals(other) ? List.of() : List.of("plan: " + one + ", " + other);
  }
}
