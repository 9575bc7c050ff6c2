package dev.echo.client.app;

import dev.echo.report.Format;
import dev.echo.text.FileNames;
import dev.echo.text.NearestWord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what becomes of results. */
final class OutputOptions {
  private static final List<Format> FORMATS =
      List.of(Format.TEXT, Format.JSON, Format.JSONL, Format.CSV);

  private static final String STANDARD_OUTPUT = "-";
  private static final Set<String> STANDARD_OUTPUTS =
      Set.of(STANDARD_OUTPUT, "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1");

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
      description = "write that here; - is standard output (default: -)")
  private String file = STANDARD_OUTPUT;

  @Option(
      names = "--html",
      order = 53,
      paramLabel = "FILE",
      description = "write a page with curves, too (default: none)")
  private @Nullable String html;

  @Option(
      names = "--hgrm",
      order = 54,
      paramLabel = "FILE",
      description = "write HdrHistogram percentiles, too (default: none)")
  private @Nullable String hgrm;

  @Option(
      names = "--hlog",
      order = 55,
      paramLabel = "FILE",
      description = "write an HdrHistogram log, too (default: none)")
  private @Nullable String hlog;

  /**
   * Opens what the options name, before anything is measured.
   *
   * @param outputs gets what is opened
   * @param out gets what no file does
   * @param kept files that are not to be written over
   * @throws IllegalArgumentException if the options contradict each other, or a file cannot be
   *     written
   */
  void open(Outputs outputs, ReplyOutput out, List<Path> kept) {
    Map<Format, String> places = places();
    checkApart(places.values(), kept);
    places.forEach(
        (format, name) -> {
          if (isStandardOutput(name)) {
            outputs.add(format, out);
          } else {
            outputs.add(format, name, FileNames.path(name));
          }
        });
  }

  private Map<Format, String> places() {
    Map<Format, String> places = new LinkedHashMap<>();
    places.put(main(), file);
    add(places, Format.HTML, html);
    add(places, Format.HGRM, hgrm);
    add(places, Format.HLOG, hlog);
    return places;
  }

  private static void add(Map<Format, String> places, Format format, @Nullable String name) {
    if (name != null) {
      places.put(format, name);
    }
  }

  private static void checkApart(Collection<String> names, List<Path> kept) {
    List<Path> taken = new ArrayList<>(kept);
    boolean isOutTaken = false;
    for (String name : names) {
      Path path = FileNames.path(name);
      boolean isOut = isStandardOutput(name);
      if (isOut ? isOutTaken : taken.stream().anyMatch(each -> Links.areSame(each, path))) {
        throw new IllegalArgumentException(
            name + ": read or written twice (expected: a file of its own)");
      }
      isOutTaken |= isOut;
      taken.add(path);
    }
  }

  private static boolean isStandardOutput(String name) {
    return STANDARD_OUTPUTS.contains(name);
  }

  private Format main() {
    if (json && format != null && format != Format.JSONL) {
      throw new IllegalArgumentException("--json and --format " + format + ": one of them");
    }
    return json ? Format.JSONL : format == null ? Format.TEXT : format;
  }

  private static TypeConversionException unknown(String name) {
    List<String> others = List.of("html", "hgrm", "hlog");
    String hint =
        NearestWord.of(name, others).map(word -> "; for that: --" + word + " FILE").orElse("");
    return new TypeConversionException(
        "--format: '" + name + "' (expected: text, json, jsonl, csv" + hint + ")");
  }
}
