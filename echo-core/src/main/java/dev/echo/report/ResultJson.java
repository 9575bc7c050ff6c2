package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.client.DatagramCounts;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.load.Ending;
import dev.echo.load.Interval;
import dev.echo.load.LoadResult;
import dev.echo.load.Trouble;
import dev.echo.payload.WrongEcho;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * A whole report as JSON, and back. Times are whole nanoseconds. A field that is only for who reads
 * the file as it is, as a percentile, is not read back: it follows from the others.
 */
final class ResultJson {
  /** Changes whenever a reader of the old one would be misled. */
  static final int SCHEMA = 4;

  static final String KIND = "result";

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  /** Only over UDP. */
  private static final String DATAGRAMS = "datagrams";

  private ResultJson() {}

  static void write(JsonWriter json, Report report) throws IOException {
    LoadResult result = report.result();
    json.beginObject();
    json.name("schema").value(SCHEMA);
    json.name("kind").value(KIND);
    json.name("name").value(report.name());
    EventsJson.write(json, report.assessment());
    json.name("started").value(result.started().toString());
    json.name("measuredNanos").value(result.measured().toNanos());
    json.name("ending").value(Words.of(result.ending()));
    json.name("messagesPerSecond");
    if (result.carriesRate()) {
      json.value(result.rate());
    } else {
      json.nullValue();
    }
    json.name("plan");
    PlanJson.write(json, result.plan());
    json.name("host");
    CountsJson.write(json, result.host());
    json.name("counts");
    CountsJson.write(json, result.counts());
    if (result.plan().endpoint() instanceof UdpEndpoint) {
      json.name(DATAGRAMS);
      CountsJson.write(json, result.datagrams());
    }
    json.name("connections");
    CountsJson.write(json, result.connections());
    json.name("wrongInWarmup").value(result.wrongInWarmup());
    json.name("verdicts");
    CountsJson.write(json, result.verdicts());
    json.name("times");
    TimesJson.write(json, result);
    json.name("missingAges");
    TimesJson.write(json, result.missingAges());
    lists(json, result);
    json.endObject();
  }

  private static void lists(JsonWriter json, LoadResult result) throws IOException {
    json.name("wrong").beginArray();
    for (WrongEcho each : result.wrong()) {
      EventsJson.write(json, each);
    }
    json.endArray();
    json.name("troubles").beginArray();
    for (Trouble each : result.troubles()) {
      EventsJson.write(json, each);
    }
    json.endArray();
    json.name("intervals").beginArray();
    for (Interval each : result.intervals()) {
      IntervalJson.write(json, each);
    }
    json.endArray();
  }

  static Report read(Fields json) throws ResultFormatException {
    LoadResult result =
        new LoadResult(
            json.object("plan", PlanJson::read),
            json.object("host", CountsJson::host),
            started(json),
            json.nanos("measuredNanos"),
            json.word("ending", Ending.class),
            json.object("counts", CountsJson::counts),
            json.has(DATAGRAMS)
                ? json.object(DATAGRAMS, CountsJson::datagrams)
                : DatagramCounts.NONE,
            json.object("connections", CountsJson::connections),
            json.object("times", TimesJson::readAll),
            json.object("missingAges", TimesJson::read),
            json.objects("intervals", IntervalJson::read),
            json.objects("wrong", EventsJson::wrong),
            json.object("verdicts", CountsJson::verdicts),
            json.objects("troubles", EventsJson::trouble));
    return new Report(json.text("name"), result, EventsJson.assessment(json));
  }

  private static Instant started(Fields json) throws ResultFormatException {
    try {
      Instant started = Instant.parse(json.text("started"));
      if (!started.isBefore(Instant.EPOCH) && started.isBefore(LATEST)) {
        return started;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw json.wrong("started", "a time as 2026-01-31T12:34:56.789Z");
  }
}
