package dev.echo.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names that tell results apart. */
public final class Names {
  private Names() {}

  /**
   * Numbers results that share a name with an earlier one: {@code run 1}, {@code run 1 (2)}.
   *
   * @param reports in the order in which they are shown
   * @return the same, each with a name that no other one has; a result without a name is left alone
   */
  public static List<Report> apart(List<Report> reports) {
    Set<String> taken = new HashSet<>();
    reports.forEach(each -> taken.add(each.name()));
    Map<String, Integer> seen = new HashMap<>();
    List<Report> apart = new ArrayList<>();
    for (Report report : reports) {
      String name = report.name();
      int number = name.isEmpty() ? 1 : seen.merge(name, 1, Integer::sum);
      String own = name;
      while (number > 1 && !taken.add(own)) {
        own = name + " (" + number + ")";
        number++;
      }
      apart.add(new Report(own, report.result(), report.assessment()));
    }
    return apart;
  }
}
