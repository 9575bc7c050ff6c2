package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.Trouble;
import dev.echo.payload.WrongEcho;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What went wrong, and what it comes to, as JSON. */
final class EventsJson {
  private EventsJson() {}

  static void write(JsonWriter json, WrongEcho wrong) throws IOException {
    json.beginObject();
    json.name("connection").value(wrong.connection());
    json.name("message").value(wrong.message());
    FindingJson.fields(json, wrong.verdict(), wrong.offset(), wrong.amount());
    json.name("sentence").value(wrong.sentence());
    json.endObject();
  }

  static WrongEcho wrong(Fields json) throws ResultFormatException {
    return new WrongEcho(
        json.integer("connection"),
        json.number("message") - 1,
        json.word("verdict", Verdict.class),
        json.signed("offset"),
        json.signed("amount"),
        json.text("sentence"));
  }

  static void write(JsonWriter json, Trouble trouble) throws IOException {
    json.beginObject();
    json.name("connection").value(trouble.connection());
    json.name("atNanos").value(trouble.at().toNanos());
    json.name("verdict").value(trouble.status().word());
    json.name("exitStatus").value(trouble.status().code());
    json.name("sentence").value(trouble.sentence());
    if (trouble.end().isPresent()) {
      EndJson.write(json.name("end"), trouble.end().get());
    }
    json.endObject();
  }

  static Trouble trouble(Fields json) throws ResultFormatException {
    return new Trouble(
        json.integer("connection"),
        json.signedNanos("atNanos"),
        status(json),
        json.text("sentence"),
        json.has("end") ? Optional.of(json.object("end", EndJson::read)) : Optional.empty());
  }

  /** Writes the fields of the object that the caller has begun. */
  static void write(JsonWriter json, Assessment assessment) throws IOException {
    json.name("verdict").value(assessment.status().word());
    json.name("exitStatus").value(assessment.status().code());
    texts(json.name("reasons"), assessment.reasons());
    json.name("checks").beginArray();
    for (Check check : assessment.checks()) {
      json.beginObject();
      json.name("condition").value(check.condition());
      json.name("measured").value(check.measured());
      json.name("outcome").value(Words.of(check.outcome()));
      json.endObject();
    }
    json.endArray();
    texts(json.name("warnings"), assessment.warnings());
  }

  static Assessment assessment(Fields json) throws ResultFormatException {
    return new Assessment(
        status(json),
        json.texts("reasons"),
        json.objects("checks", EventsJson::check),
        json.texts("warnings"));
  }

  private static Check check(Fields json) throws ResultFormatException {
    return new Check(
        json.text("condition"), json.text("measured"), json.word("outcome", Outcome.class));
  }

  /** By its number: two statuses share a word. */
  private static ExitStatus status(Fields json) throws ResultFormatException {
    int code = json.integer("exitStatus");
    for (ExitStatus status : ExitStatus.values()) {
      if (status.code() == code) {
        if (!json.text("verdict").equals(status.word())) {
          throw json.wrong("verdict", status.word() + ", as exitStatus is " + code);
        }
        return status;
      }
    }
    throw json.wrong("exitStatus", "one of the documented statuses");
  }

  private static void texts(JsonWriter json, List<String> all) throws IOException {
    json.beginArray();
    for (String each : all) {
      json.value(each);
    }
    json.endArray();
  }
}
