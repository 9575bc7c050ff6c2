package dev.echo.client.app;

import dev.echo.client.DatagramCounts;
import java.util.ArrayList;
import java.util.List;

/** What became of datagrams, for a person. */
final class DatagramLines {
  private DatagramLines() {}

  /** What is not as it should be; empty if all came back once and in order. */
  static List<String> text(DatagramCounts counts) {
    List<String> parts = new ArrayList<>();
    add(parts, counts.lost(), "lost");
    add(parts, counts.late(), "late");
    add(parts, counts.duplicated(), "duplicated");
    add(parts, counts.reordered(), "reordered");
    add(parts, counts.wrong(), "wrong");
    counts
        .directions()
        .filter(each -> counts.lost() > 0)
        .ifPresent(
            each ->
                parts.add(
                    "of the lost ones "
                        + each.there()
                        + " on the way there, "
                        + each.back()
                        + " on the way back"
                        + (each.unknown() == 0
                            ? ""
                            : ", " + each.unknown() + " behind the last answer")));
    return parts;
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
