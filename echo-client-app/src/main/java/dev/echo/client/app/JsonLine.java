package dev.echo.client.app;

import com.google.gson.stream.JsonWriter;
import dev.echo.text.EscapedText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** One JSON object as one line. */
final class JsonLine {
  private JsonLine() {}

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonWriter json) throws IOException;
  }

  static String of(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      fields.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return EscapedText.inJson(text.toString());
  }
}
