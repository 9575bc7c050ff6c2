package dev.echo.client.app;

import dev.echo.report.Format;
import dev.echo.text.NearestWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what becomes of results. */
final class OutputOptions {
  private static final List<Format> FORMATS =
      List.of(Format.TEXT, Format.JSON, Format.JSONL, Format.CSV);

  private @Nullable Format format;

  @Option(
      names = "--format",
      order = 50,
      paramLabel = "FORMAT",
      description = "text, json, jsonl or csv (default: text)")
  void format(String name) {
    format =
        FORMATS.stream()
            .filter(each -> each.toString().equalsIgnoreCase(name))
            .findFirst()
            .orElseThrow(() -> unknown(name));
  }

  @Option(
      names = "--json",
      order = 51,
      description = "a line for each slice and each result: --format jsonl (default: text)")
  private boolean json;

  @Option(
      names = "-o",
      order = 52,
      paramLabel = "FILE",
      description = "write that here (default: standard output)")
  private @Nullable Path file;

  @Option(
      names = "--html",
      order = 53,
      paramLabel = "FILE",
      description = "write a page with curves, too (default: none)")
  private @Nullable Path html;

  @Option(
      names = "--hgrm",
      order = 54,
      paramLabel = "FILE",
      description = "write HdrHistogram percentiles, too (default: none)")
  private @Nullable Path hgrm;

  @Option(
      names = "--hlog",
      order = 55,
      paramLabel = "FILE",
      description = "write an HdrHistogram log, too (default: none)")
  private @Nullable Path hlog;

  /**
   * Opens what the options name, before anything is measured.
   *
   * @param out gets what no file does
   * @param kept files that are not to be written over
   * @throws IllegalArgumentException if the options contradict each other, or a file cannot be
   *     written
   */
  Outputs open(ReplyOutput out, List<Path> kept) {
    Format main = main();
    List<Path> files = new ArrayList<>();
    for (Path each : new @Nullable Path[] {file, html, hgrm, hlog}) {
      if (each != null) {
        files.add(each);
      }
    }
    Set<Path> taken = new HashSet<>(kept.stream().map(OutputOptions::place).toList());
    for (Path each : files) {
      if (!taken.add(place(each))) {
        throw new IllegalArgumentException(
            each + ": read or written twice (expected: a file of its own)");
      }
    }
    Outputs outputs = new Outputs();
    try {
      if (file == null) {
        outputs.add(main, out);
      } else {
        outputs.add(main, file);
      }
      add(outputs, Format.HTML, html);
      add(outputs, Format.HGRM, hgrm);
      add(outputs, Format.HLOG, hlog);
    } catch (IllegalArgumentException e) {
      outputs.close();
      throw e;
    }
    return outputs;
  }

  private static void add(Outputs outputs, Format format, @Nullable Path path) {
    if (path != null) {
      outputs.add(format, path);
    }
  }

  private Format main() {
    if (json && format != null && format != Format.JSONL) {
      throw new IllegalArgumentException("--json and --format " + format + ": one of them");
    }
    return json ? Format.JSONL : format == null ? Format.TEXT : format;
  }

  private static Path place(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static TypeConversionException unknown(String name) {
    List<String> others = List.of("html", "hgrm", "hlog");
    String hint =
        NearestWord.of(name, others).map(word -> "; for that: --" + word + " FILE").orElse("");
    return new TypeConversionException(
        "--format: '" + name + "' (expected: text, json, jsonl, csv" + hint + ")");
  }
}
