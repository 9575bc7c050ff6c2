package dev.echo.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.echo.text.FileNames;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads saved results back: what {@link Format#JSON} and {@link Format#JSONL} wrote. */
public final class ResultFile {
  private static final int MAX_BYTES = 256 << 20;
  private static final String EXPECTED = " (expected: a file of bench --json)";

  /** How the parser says where it is. */
  private static final Pattern PLACE = Pattern.compile("line (\\d+) column (\\d+)");

  /** How it says that a text ended within quotes. */
  private static final String UNTERMINATED = "Unterminated string";

  private ResultFile() {}

  /**
   * Reads all results of a file, in their order.
   *
   * @param file of JSON or JSON lines; lines of intervals are passed over
   * @return at least one; one without a name is named like the file
   * @throws IOException if the file cannot be read
   * @throws ResultFormatException if it holds something else, or another version, or is damaged;
   *     the message names the file, the line or field, and what is expected
   */
  public static List<Report> read(Path file) throws IOException, ResultFormatException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new ResultFormatException(
          FileNames.name(file)
              + " is too large (expected: a file of bench --json, at most 256 MiB)");
    }
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return read(text.toString(), FileNames.name(file));
    } catch (CharacterCodingException e) {
      throw new ResultFormatException(
          FileNames.name(file) + " is no JSON: it is not UTF-8" + EXPECTED);
    }
  }

  /** Reads a text; {@code source} says where it came from. */
  static List<Report> read(String text, String source) throws ResultFormatException {
    if (text.isBlank()) {
      throw new ResultFormatException(source + " is empty" + EXPECTED);
    }
    List<String> lines = text.lines().toList();
    List<Report> reports = new ArrayList<>();
    if (isLines(lines)) {
      for (int i = 0; i < lines.size(); i++) {
        if (!lines.get(i).isBlank()) {
          add(reports, lines.get(i), source + " line " + (i + 1));
        }
      }
    } else {
      add(reports, text, source);
    }
    if (reports.isEmpty()) {
      throw new ResultFormatException(source + " holds no result, only intervals of a run");
    }
    return reports.stream().map(each -> named(each, source)).toList();
  }

  /** An object over several lines has only a brace, or less than a whole object, on the first. */
  private static boolean isLines(List<String> all) {
    List<String> lines = all.stream().filter(line -> !line.isBlank()).limit(2).toList();
    return lines.size() > 1 && lines.get(0).stripTrailing().endsWith("}");
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
      throw json.wrong(
          "schema", ResultJson.SCHEMA + "; another version of echo wrote it: measure again");
    }
    switch (json.text("kind")) {
      case ResultJson.KIND -> reports.add(json.read(ResultJson::read));
      case ComparisonJson.KIND -> reports.addAll(json.objects("results", ResultJson::read));
      default -> throw json.wrong("kind", ResultJson.KIND + ", " + ComparisonJson.KIND);
    }
  }

  private static JsonElement parse(String text, String source) throws ResultFormatException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonElement element = JsonParser.parseReader(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new ResultFormatException(source + " is no JSON: more follows its end" + EXPECTED);
      }
      return element;
    } catch (JsonParseException | IOException e) {
      throw new ResultFormatException(source + damage(reader, text, e) + EXPECTED);
    }
  }

  /** What is wrong, and where: the words of the parser are about its own settings. */
  private static String damage(JsonReader reader, String text, Exception failure) {
    Matcher place = PLACE.matcher(reader.toString());
    long lines = text.lines().count();
    String at = "";
    if (place.find()) {
      String line = lines > 1 ? "line " + place.group(1) + ", " : "";
      at = line + "column " + place.group(2);
    }
    boolean isCutOff =
        failure instanceof EOFException
            || failure.getCause() instanceof EOFException
            || String.valueOf(failure.getMessage()).contains(UNTERMINATED);
    return isCutOff
        ? " is cut off: it ends within a value (" + at + ")"
        : " is no JSON: " + at + " makes no sense";
  }

  private static Report named(Report report, String source) {
    return report.name().isEmpty()
        ? new Report(source, report.result(), report.assessment())
        : report;
  }
}
