package dev.echo.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads saved results back: what {@link Format#JSON} and {@link Format#JSONL} wrote. */
public final class ResultFile {
  private ResultFile() {}

  /**
   * Reads all results of a file, in their order.
   *
   * @param file of JSON or JSON lines; lines of intervals are passed over
   * @return at least one; one without a name is named like the file
   * @throws IOException if the file cannot be read
   * @throws ResultFormatException if it holds something else, or another version
   */
  public static List<Report> read(Path file) throws IOException, ResultFormatException {
    try {
      return read(Files.readString(file), file.toString());
    } catch (CharacterCodingException e) {
      throw new ResultFormatException(file + " is no JSON: it is not UTF-8");
    }
  }

  /** Reads a text; {@code source} says where it came from. */
  static List<Report> read(String text, String source) throws ResultFormatException {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    // An object over several lines has only a brace, or less than a whole object, on the first.
    boolean isLines = lines.size() > 1 && lines.get(0).stripTrailing().endsWith("}");
    List<Report> reports = new ArrayList<>();
    if (isLines) {
      for (int i = 0; i < lines.size(); i++) {
        add(reports, lines.get(i), source + " line " + (i + 1));
      }
    } else {
      add(reports, text, source);
    }
    if (reports.isEmpty()) {
      throw new ResultFormatException(source + " holds no result, only intervals of a run");
    }
    return reports.stream().map(each -> named(each, source)).toList();
  }

  private static void add(List<Report> reports, String text, String source)
      throws ResultFormatException {
    Fields json = Fields.of(source + ": ", parse(text, source));
    if (json.has("kind") && json.text("kind").equals(IntervalJson.KIND)) {
      return;
    }
    if (!json.has("schema")) {
      throw new ResultFormatException(source + " is no result of echo: it has no \"schema\"");
    }
    if (json.number("schema") != ResultJson.SCHEMA) {
      throw json.wrong("schema", Integer.toString(ResultJson.SCHEMA));
    }
    try {
      switch (json.text("kind")) {
        case ResultJson.KIND -> reports.add(ResultJson.read(json));
        case ComparisonJson.KIND -> {
          for (Fields each : json.objects("results")) {
            reports.add(ResultJson.read(each));
          }
        }
        default -> throw json.wrong("kind", ResultJson.KIND + ", " + ComparisonJson.KIND);
      }
    } catch (IllegalArgumentException e) {
      // The records check their own ranges.
      throw new ResultFormatException(source + ": " + TextLines.printable("" + e.getMessage()));
    }
  }

  private static JsonElement parse(String text, String source) throws ResultFormatException {
    try (JsonReader reader = new JsonReader(new StringReader(text))) {
      reader.setStrictness(Strictness.STRICT);
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ResultFormatException(source + " is no JSON: more follows its end");
      }
      return element;
    } catch (JsonParseException | IOException e) {
      String reason = ("" + e.getMessage()).lines().findFirst().orElse("");
      throw new ResultFormatException(source + " is no JSON: " + TextLines.printable(reason));
    }
  }

  private static Report named(Report report, String source) {
    return report.name().isEmpty()
        ? new Report(source, report.result(), report.assessment())
        : report;
  }
}
