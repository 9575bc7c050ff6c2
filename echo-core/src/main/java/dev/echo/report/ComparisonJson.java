package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.report.Comparison.Row;
import java.io.IOException;
import java.util.List;

/** Several reports as one object of JSON: what differs, and each of them whole. */
final class ComparisonJson {
  static final String KIND = "comparison";

  private ComparisonJson() {}

  static void write(JsonWriter json, Comparison comparison) throws IOException {
    json.beginObject();
    json.name("schema").value(ResultJson.SCHEMA);
    json.name("kind").value(KIND);
    json.name("names").beginArray();
    for (String name : comparison.names()) {
      json.value(name);
    }
    json.endArray();
    json.name("differentSettings");
    rows(json, comparison.settings());
    json.name("results").beginArray();
    for (Report report : comparison.reports()) {
      ResultJson.write(json, report);
    }
    json.endArray();
    json.endObject();
  }

  private static void rows(JsonWriter json, List<Row> rows) throws IOException {
    json.beginObject();
    for (Row row : rows) {
      json.name(row.label()).beginArray();
      for (Comparison.Cell cell : row.cells()) {
        json.value(cell.text());
      }
      json.endArray();
    }
    json.endObject();
  }
}
