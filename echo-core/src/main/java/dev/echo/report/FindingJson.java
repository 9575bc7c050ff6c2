package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.verify.Finding;
import dev.echo.verify.Verdict;
import java.io.IOException;

/** What became of a message that came back wrong, as JSON: the same fields in all results. */
public final class FindingJson {
  private FindingJson() {}

  /**
   * Writes an object.
   *
   * @param json is where a value may stand
   * @param finding all of it but its sentence
   * @throws IOException if it cannot be written
   */
  public static void write(JsonWriter json, Finding finding) throws IOException {
    json.beginObject();
    fields(json, finding.verdict(), finding.offset(), finding.amount());
    json.endObject();
  }

  /** Writes the fields of the object that the caller has begun. */
  static void fields(JsonWriter json, Verdict verdict, long offset, long amount)
      throws IOException {
    json.name("verdict").value(Words.of(verdict));
    json.name("offset").value(offset);
    json.name("amount").value(amount);
  }
}
