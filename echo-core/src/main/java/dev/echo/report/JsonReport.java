package dev.echo.report;

import com.google.gson.FormattingStyle;
import com.google.gson.stream.JsonWriter;
import dev.echo.load.Interval;
import dev.echo.text.EscapedText;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;

/** Reports for a program: one object over many lines, or an object on each line. */
enum JsonReport implements Renderer {
  /** {@link Format#JSON}. */
  DOCUMENT {
    @Override
    public void render(List<Report> reports, Appendable out) throws IOException {
      out.append(
          reports.size() == 1
              ? text(FormattingStyle.PRETTY, json -> ResultJson.write(json, reports.get(0)))
              : text(
                  FormattingStyle.PRETTY,
                  json -> ComparisonJson.write(json, Comparison.of(reports))));
    }
  },
  /** {@link Format#JSONL}. */
  LINES {
    @Override
    public void render(List<Report> reports, Appendable out) throws IOException {
      for (Report report : reports) {
        for (Interval interval : report.result().intervals()) {
          out.append(line(report.name(), interval));
        }
        out.append(line(report));
      }
    }
  };

  static String line(String run, Interval interval) throws IOException {
    return text(FormattingStyle.COMPACT, json -> IntervalJson.writeLine(json, run, interval));
  }

  static String line(Report report) throws IOException {
    return text(FormattingStyle.COMPACT, json -> ResultJson.write(json, report));
  }

  private static String text(FormattingStyle style, Part part) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setFormattingStyle(style);
      part.write(json);
    }
    return EscapedText.inJson(text.append("\n").toString());
  }

  private interface Part {
    void write(JsonWriter json) throws IOException;
  }
}
