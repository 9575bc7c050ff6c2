package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.duplex.ConnectionEnd;
import dev.echo.duplex.ConnectionEnd.Direction;
import dev.echo.duplex.EndSign;
import dev.echo.duplex.EndSign.How;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** How a connection ended, as JSON: the same fields in all results. */
public final class EndJson {
  private EndJson() {}

  /**
   * Writes an object.
   *
   * @param json is where a value may stand
   * @param end all of it
   * @throws IOException if it cannot be written
   */
  public static void write(JsonWriter json, ConnectionEnd end) throws IOException {
    json.beginObject();
    json.name("by").value(end.how().side().name().toLowerCase(Locale.ROOT));
    json.name("how").value(end.how().word());
    json.name("code").value(end.sign().code());
    json.name("words").value(end.sign().words());
    json.name("afterConnectNanos").value(end.afterConnect().toNanos());
    write(json, "Sent", end.sent());
    write(json, "Received", end.received());
    json.endObject();
  }

  static ConnectionEnd read(Fields json) throws ResultFormatException {
    EndSign sign =
        new EndSign(json.word("how", How.class), json.integer("code"), json.text("words"));
    return new ConnectionEnd(
        sign, json.nanos("afterConnectNanos"), read(json, "Sent"), read(json, "Received"));
  }

  private static Direction read(Fields json, String name) throws ResultFormatException {
    String since = "since" + name + "Nanos";
    return new Direction(
        json.number("bytes" + name),
        json.has(since) ? Optional.of(json.nanos(since)) : Optional.empty());
  }

  private static void write(JsonWriter json, String name, Direction direction) throws IOException {
    json.name("bytes" + name).value(direction.bytes());
    json.name("since" + name + "Nanos");
    Optional<Duration> last = direction.sinceLast();
    if (last.isPresent()) {
      json.value(last.get().toNanos());
    } else {
      json.nullValue();
    }
  }
}
