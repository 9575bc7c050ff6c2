package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Quantile;
import dev.echo.load.Quantile.Bound;
import dev.echo.metrics.Distribution;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Distributions as JSON: a few figures for who reads them as they are, and the whole histogram. */
final class TimesJson {
  private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 99.9);
  private static final List<String> NAMES =
      List.of("p50Nanos", "p90Nanos", "p99Nanos", "p999Nanos");
  private static final String MIN = "minNanos";
  private static final String MAX = "maxNanos";

  private TimesJson() {}

  /**
   * The times of a result, the missing messages ranked among them; lower bounds are named. A time
   * of which nothing is known is left out.
   */
  static void write(JsonWriter json, LoadResult result) throws IOException {
    json.beginObject();
    for (Measure measure : Measure.values()) {
      if (result.quantile(measure, 100).bound() != Bound.NOT_CARRIED) {
        json.name(measure.toString());
        write(json, result, measure);
      }
    }
    json.endObject();
  }

  private static void write(JsonWriter json, LoadResult result, Measure measure)
      throws IOException {
    Distribution times = result.time(measure);
    List<String> bounds = new ArrayList<>();
    json.beginObject();
    json.name("count").value(times.count());
    quantile(json, MIN, result.quantile(measure, 0), bounds);
    mean(json, times);
    for (int i = 0; i < NAMES.size(); i++) {
      quantile(json, NAMES.get(i), result.quantile(measure, PERCENTS.get(i)), bounds);
    }
    quantile(json, MAX, result.quantile(measure, 100), bounds);
    json.name("atLeast").beginArray();
    for (String name : bounds) {
      json.value(name);
    }
    json.endArray();
    json.name("histogram").value(times.encoded());
    json.endObject();
  }

  private static void quantile(JsonWriter json, String name, Quantile quantile, List<String> bounds)
      throws IOException {
    json.name(name);
    value(json, quantile.bound() == Bound.NOT_CARRIED, quantile.nanos());
    if (quantile.bound() == Bound.AT_LEAST) {
      bounds.add(name);
    }
  }

  static Map<Measure, Distribution> readAll(Fields json) throws ResultFormatException {
    Map<Measure, Distribution> times = new EnumMap<>(Measure.class);
    for (String name : json.names()) {
      Measure measure = Fields.word(json.where(), name, Measure.class);
      Distribution each = json.object(name, TimesJson::read);
      if (!each.isEmpty()) {
        times.put(measure, each);
      }
    }
    return times;
  }

  /** Figures without the histogram, for a line that is read at once. */
  static void writeFigures(JsonWriter json, Distribution times) throws IOException {
    json.beginObject();
    figures(json, times);
    json.endObject();
  }

  /** Figures and histogram. */
  static void write(JsonWriter json, Distribution times) throws IOException {
    json.beginObject();
    figures(json, times);
    json.name("histogram").value(times.encoded());
    json.endObject();
  }

  static Distribution read(Fields json) throws ResultFormatException {
    Distribution times;
    try {
      times = Distribution.decode(json.text("histogram"));
    } catch (IllegalArgumentException e) {
      throw json.wrong("histogram", "a compressed HdrHistogram in Base64");
    }
    if (times.count() != json.number("count")) {
      throw json.wrong("count", "what the histogram holds, " + times.count());
    }
    return times;
  }

  private static void figures(JsonWriter json, Distribution times) throws IOException {
    json.name("count").value(times.count());
    json.name(MIN);
    value(json, times.isEmpty(), times.minNanos());
    mean(json, times);
    Histogram histogram = times.histogram();
    for (int i = 0; i < NAMES.size(); i++) {
      json.name(NAMES.get(i));
      double percent = PERCENTS.get(i);
      value(json, !times.carries(percent), histogram.getValueAtPercentile(percent));
    }
    json.name(MAX);
    value(json, times.isEmpty(), times.maxNanos());
  }

  private static void mean(JsonWriter json, Distribution times) throws IOException {
    json.name("meanNanos");
    value(json, times.isEmpty(), Math.round(times.meanNanos()));
  }

  private static void value(JsonWriter json, boolean isAbsent, long nanos) throws IOException {
    if (isAbsent) {
      json.nullValue();
    } else {
      json.value(nanos);
    }
  }
}
