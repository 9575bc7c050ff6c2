package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import dev.echo.load.LoadResult;
import dev.echo.load.Measure;
import dev.echo.load.Quantile;
import dev.echo.load.Quantile.Bound;
import dev.echo.metrics.Distribution;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Distributions as JSON: a few figures for who reads them as they are, and the whole histogram. */
final class TimesJson {
  private static final List<Double> PERCENTS = List.of(50.0, 90.0, 99.0, 99.9);
  private static final List<String> NAMES =
      List.of("p50Nanos", "p90Nanos", "p99Nanos", "p999Nanos");

  private TimesJson() {}

  /** The times of a result, the missing messages ranked among them; lower bounds are named. */
  static void write(JsonWriter json, LoadResult result) throws IOException {
    json.beginObject();
    for (Map.Entry<Measure, Distribution> each : result.times().entrySet()) {
      Measure measure = each.getKey();
      Distribution times = each.getValue();
      json.name(measure.toString()).beginObject();
      beginning(json, times);
      boolean[] isBound = new boolean[NAMES.size() + 1];
      for (int i = 0; i < NAMES.size(); i++) {
        Quantile quantile = result.quantile(measure, PERCENTS.get(i));
        json.name(NAMES.get(i));
        value(json, quantile.bound() == Bound.NOT_CARRIED, quantile.nanos());
        isBound[i] = quantile.bound() == Bound.AT_LEAST;
      }
      Quantile max = result.quantile(measure, 100);
      json.name("maxNanos");
      value(json, max.bound() == Bound.NOT_CARRIED, max.nanos());
      isBound[NAMES.size()] = max.bound() == Bound.AT_LEAST;
      json.name("atLeast").beginArray();
      for (int i = 0; i < isBound.length; i++) {
        if (isBound[i]) {
          json.value(i < NAMES.size() ? NAMES.get(i) : "maxNanos");
        }
      }
      json.endArray();
      json.name("histogram").value(times.encoded());
      json.endObject();
    }
    json.endObject();
  }

  static Map<Measure, Distribution> readAll(Fields json) throws ResultFormatException {
    Map<Measure, Distribution> times = new EnumMap<>(Measure.class);
    for (String name : json.names()) {
      Measure measure = Fields.word(json.where(), name, Measure.class);
      times.put(measure, read(json.object(name)));
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
    beginning(json, times);
    Histogram histogram = times.histogram();
    for (int i = 0; i < NAMES.size(); i++) {
      json.name(NAMES.get(i));
      double percent = PERCENTS.get(i);
      value(json, !times.carries(percent), histogram.getValueAtPercentile(percent));
    }
    json.name("maxNanos");
    value(json, times.isEmpty(), times.maxNanos());
  }

  private static void beginning(JsonWriter json, Distribution times) throws IOException {
    json.name("count").value(times.count());
    json.name("minNanos");
    value(json, times.isEmpty(), times.minNanos());
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
