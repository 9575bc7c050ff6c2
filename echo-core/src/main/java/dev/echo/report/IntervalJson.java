package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.load.DatagramEvents;
import dev.echo.load.Interval;
import java.io.IOException;

/** Slices of a run as JSON. */
final class IntervalJson {
  static final String KIND = "interval";

  private IntervalJson() {}

  /** A line by itself, without histograms: the result has them. */
  static void writeLine(JsonWriter json, String run, Interval interval) throws IOException {
    json.beginObject();
    json.name("kind").value(KIND);
    json.name("run").value(run);
    counts(json, interval);
    json.name("response");
    TimesJson.writeFigures(json, interval.response());
    json.name("service");
    TimesJson.writeFigures(json, interval.service());
    json.endObject();
  }

  /** A part of a result. */
  static void write(JsonWriter json, Interval interval) throws IOException {
    json.beginObject();
    counts(json, interval);
    json.name("response");
    TimesJson.write(json, interval.response());
    json.name("service");
    TimesJson.write(json, interval.service());
    json.endObject();
  }

  private static void counts(JsonWriter json, Interval interval) throws IOException {
    json.name("fromNanos").value(interval.from().toNanos());
    json.name("lengthNanos").value(interval.length().toNanos());
    json.name("warmup").value(interval.warmup());
    json.name("sent").value(interval.sent());
    json.name("due").value(interval.due());
    json.name("echoed").value(interval.echoed());
    json.name("missing").value(interval.missing());
    json.name("wrong").value(interval.wrong());
    json.name("surplus").value(interval.surplus());
    DatagramEvents datagrams = interval.datagrams();
    json.name("lost").value(datagrams.lost());
    json.name("late").value(datagrams.late());
    json.name("duplicated").value(datagrams.duplicated());
    json.name("reordered").value(datagrams.reordered());
    json.name("maxPauseNanos").value(interval.maxPause().toNanos());
  }

  static Interval read(Fields json) throws ResultFormatException {
    return new Interval(
        json.nanos("fromNanos"),
        json.nanos("lengthNanos"),
        json.flag("warmup"),
        json.number("sent"),
        json.number("due"),
        json.number("echoed"),
        json.number("missing"),
        json.number("wrong"),
        json.number("surplus"),
        new DatagramEvents(
            json.number("lost"),
            json.number("late"),
            json.number("duplicated"),
            json.number("reordered")),
        json.object("response", TimesJson::read),
        json.object("service", TimesJson::read),
        json.nanos("maxPauseNanos"));
  }
}
