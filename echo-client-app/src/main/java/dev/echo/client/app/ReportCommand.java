package dev.echo.client.app;

import dev.echo.report.Merge;
import dev.echo.report.MergeException;
import dev.echo.report.Report;
import dev.echo.text.ExitStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows saved results again. */
@CommandLine.Command(
    name = "report",
    sortOptions = false,
    customSynopsis = "echo-client report [OPTIONS] FILE [FILE...]",
    description = {
      "",
      "Shows results that bench saved with --json or --format json, in any format.",
      "Several are compared side by side; the first is what the others differ from.",
      "",
    },
    header = {
      "Examples:",
      "  echo-client report a.json                  as text",
      "  echo-client report a.json --html a.html    as a page with curves, too",
      "  echo-client report before.json after.json  side by side",
      "  echo-client report --merge m1.json m2.json   two machines' runs as one result",
      "",
    },
    footer = {
      "",
      "Exit status: 0 shown, whatever the results say; 2 a file cannot be used.",
    })
final class ReportCommand implements Command {
  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      hideParamSyntax = true,
      description = "saved results, at least one")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--merge",
      order = 1,
      description = {
        "one result of several that ran at the same time, as on several machines"
            + " (default: side by side)"
      })
  private boolean merge;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public ExitStatus run(Environment environment) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no file (expected: FILE, as of bench --json -o FILE)");
    }
    List<Report> reports = SavedResults.readAll(files);
    List<Report> shown = merge ? List.of(merged(reports)) : reports;
    try (Outputs outputs = new Outputs()) {
      environment.interruption().beforeHalt(outputs::abandon);
      output.open(outputs, environment.out(), files);
      outputs.all(shown);
      return outputs.end(ExitStatus.OK, environment.err());
    }
  }

  private static Report merged(List<Report> reports) {
    try {
      return Merge.of(reports);
    } catch (MergeException e) {
      throw new IllegalArgumentException("--merge: " + e.getMessage(), e);
    }
  }
}
