package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One chart of the HTML report: what is drawn, not how.
 *
 * @param id of its place on the page
 * @param title above it
 * @param note below it
 * @param x what the horizontal axis is
 * @param y what the vertical axis is
 * @param xs where the values are, ascending
 * @param series the curves
 * @param bands what is shaded
 */
record Chart(
    String id,
    String title,
    String note,
    X x,
    Y y,
    List<Double> xs,
    List<Series> series,
    List<Band> bands) {

  /** Horizontal axes. */
  enum X {
    /** 1/(1-p), on a logarithmic scale. */
    PERCENTILE,
    /** From the first due time. */
    SECONDS
  }

  /** Vertical axes. */
  enum Y {
    /** On a logarithmic scale. */
    NANOS,
    /** Per second, from zero. */
    RATE
  }

  /** How a curve is drawn. */
  enum Line {
    /** What matters most. */
    BOLD(2.5, 0, 0),
    /** A line. */
    PLAIN(1.5, 0, 0),
    /** Long strokes. */
    DASHED(1.5, 8, 4),
    /** Short strokes. */
    DOTTED(1.2, 2, 3);

    private final double width;
    private final int stroke;
    private final int gap;

    Line(double width, int stroke, int gap) {
      this.width = width;
      this.stroke = stroke;
      this.gap = gap;
    }
  }

  /**
   * One curve.
   *
   * @param name in the legend
   * @param color which of the page's colours
   * @param line how it is drawn
   * @param values one for each x; null where there is none
   */
  record Series(String name, int color, Line line, List<@Nullable Double> values) {}

  /**
   * A part of the horizontal axis that is shaded.
   *
   * @param kind the colour: {@code pause} or {@code warmup}
   * @param from where it begins
   * @param to where it ends
   */
  record Band(String kind, double from, double to) {}

  void write(JsonWriter json) throws IOException {
    json.beginObject();
    json.name("id").value(id);
    json.name("x").value(Words.of(x));
    json.name("y").value(Words.of(y));
    json.name("xLabel").value(x == X.PERCENTILE ? "percentile" : "time");
    json.name("xs").beginArray();
    for (double each : xs) {
      json.value(each);
    }
    json.endArray();
    json.name("series").beginArray();
    for (Series each : series) {
      write(json, each);
    }
    json.endArray();
    json.name("bands").beginArray();
    for (Band band : bands) {
      json.beginObject();
      json.name("kind").value(band.kind);
      json.name("from").value(band.from);
      json.name("to").value(band.to);
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private static void write(JsonWriter json, Series series) throws IOException {
    json.beginObject();
    json.name("name").value(TextLines.printable(series.name));
    json.name("color").value(series.color);
    json.name("width").value(series.line.width);
    json.name("dash").beginArray();
    if (series.line.stroke > 0) {
      json.value(series.line.stroke).value(series.line.gap);
    }
    json.endArray();
    json.name("values").beginArray();
    for (Double each : series.values) {
      json.value(each);
    }
    json.endArray();
    json.endObject();
  }
}
