package dev.echo.report;

import dev.echo.load.LoadPlan;
import java.util.ArrayList;
import java.util.List;

/** Whether two plans ask for the same. */
public final class Settings {
  private Settings() {}

  /**
   * Says in which settings two plans differ, the seed aside, so whether their results can be
   * compared.
   *
   * @param one a plan
   * @param other another
   * @return a line for each that differs, as in {@code rate: 10,000/s, open loop and 20,000/s, open
   *     loop}; empty if none
   */
  public static List<String> differences(LoadPlan one, LoadPlan other) {
    return differences(one, other, List.of(PlanFacts.SEED));
  }

  /** Says in which settings two plans differ, but for those in {@code except}. */
  static List<String> differences(LoadPlan one, LoadPlan other, List<String> except) {
    List<Fact> left = PlanFacts.of(one);
    List<Fact> right = PlanFacts.of(other);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      Fact fact = left.get(i);
      if (!fact.equals(right.get(i)) && !except.contains(fact.label())) {
        lines.add(fact.label() + ": " + fact.text() + " and " + right.get(i).text());
      }
    }
    return List.copyOf(lines);
  }
}
