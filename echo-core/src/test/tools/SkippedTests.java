import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Ends a build with one list of the tests that it skipped, by the reason: {@code java
 * SkippedTests.java FOLDER STARTED}, where FOLDER has the modules and STARTED is the time at which
 * the build began, in ISO 8601. Reports of earlier builds are left alone.
 */
final class SkippedTests {
  private final Map<String, Map<String, Integer>> reasons = new TreeMap<>();
  private int tests;
  private int skipped;

  public static void main(String[] args) throws Exception {
    Instant started = Instant.parse(args[1]);
    SkippedTests all = new SkippedTests();
    for (Path report : reports(Path.of(args[0]))) {
      if (!Files.getLastModifiedTime(report).toInstant().isBefore(started)) {
        all.read(report);
      }
    }
    if (all.tests > 0) {
      all.print();
    }
  }

  private static List<Path> reports(Path folder) throws IOException {
    List<Path> reports = new ArrayList<>();
    try (Stream<Path> modules = Files.list(folder)) {
      for (Path module : modules.sorted().toList()) {
        for (String kind : List.of("surefire-reports", "failsafe-reports")) {
          Path place = module.resolve("target").resolve(kind);
          if (Files.isDirectory(place)) {
            try (Stream<Path> files = Files.list(place)) {
              files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                  .sorted()
                  .forEach(reports::add);
            }
          }
        }
      }
    }
    return reports;
  }

  private void read(Path report) throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getDocumentElement();
    tests += suite.getElementsByTagName("testcase").getLength();
    NodeList found = suite.getElementsByTagName("skipped");
    for (int i = 0; i < found.getLength(); i++) {
      Element test = (Element) found.item(i).getParentNode();
      String name = test.getAttribute("classname").replaceAll(".*\\.", "");
      reasons
          .computeIfAbsent(reason((Element) found.item(i)), key -> new TreeMap<>())
          .merge(name, 1, Integer::sum);
      skipped++;
    }
  }

  /** An annotation's reason is an attribute, that of an assumption the first line of its trace. */
  private static String reason(Element skipped) {
    String message = skipped.getAttribute("message").strip();
    String trace = skipped.getTextContent().strip().split("\\R", 2)[0];
    String reason = message.isEmpty() ? trace.replaceFirst("^[\\w.$]+: ", "") : message;
    return reason.isEmpty() ? "no reason given" : reason.replaceFirst("^Assumption failed: ", "");
  }

  private void print() {
    System.out.printf(Locale.ROOT, "%,d of %,d tests were skipped%s%n", skipped, tests, skipped == 0 ? "" : ":");
    reasons.forEach(
        (reason, classes) -> {
          System.out.printf(
              Locale.ROOT,
              "  %s: %,d%n",
              reason,
              classes.values().stream().mapToInt(each -> each).sum());
          System.out.println("    " + String.join(", ", classes.keySet()));
        });
  }
}
