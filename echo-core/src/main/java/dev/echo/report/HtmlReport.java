package dev.echo.report;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page that needs nothing but itself: tables that are there without scripts, and curves that
 * scripts draw from the numbers on the page.
 */
final class HtmlReport implements Renderer {
  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    List<Chart> charts = new ArrayList<>();
    String title;
    String body;
    if (reports.size() == 1) {
      Report report = reports.get(0);
      charts.add(Curves.of(report.result()));
      charts.addAll(TimeLines.of(report.result()));
      title = "Echo: " + report.result().plan().endpoint();
      body = new ResultPage(new Html(), report).body(charts);
    } else {
      Comparison comparison = Comparison.of(reports);
      charts.add(Curves.of(comparison));
      charts.addAll(TimeLines.of(comparison));
      title = "Echo: " + Numbers.count(reports.size(), "result") + " compared";
      body = new ComparisonPage(new Html(), comparison).body(title, charts);
    }
    Uplot uplot = Uplot.load();
    out.append(
        Template.fill(
            Template.resource("report.html"),
            Map.of(
                "title", Html.escaped(title),
                "style", Template.resource("report.css"),
                "script", Template.resource("report.js"),
                "body", body,
                "charts", json(charts),
                "uplotVersion", Html.escaped(uplot.version()),
                "uplotStyle", uplot.style(),
                "uplotScript", uplot.script(),
                "uplotLicence", uplot.licence())));
  }

  /** In a script element: nothing in it can end that element. */
  private static String json(List<Chart> charts) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setHtmlSafe(true);
      json.beginArray();
      for (Chart chart : charts) {
        if (!chart.xs().isEmpty() && !chart.series().isEmpty()) {
          chart.write(json);
        }
      }
      json.endArray();
    }
    return text.toString();
  }

  /** The places of the charts, each with its title; one without values says so. */
  static void figures(Html html, List<Chart> charts) {
    for (Chart chart : charts) {
      html.open("figure").element("h2", chart.title());
      if (chart.xs().isEmpty() || chart.series().isEmpty()) {
        html.element("p class=\"faint\"", "There is too little to draw.");
      } else {
        html.open(
                "div class=\"plot\" role=\"img\" aria-label=\""
                    + Html.escaped(chart.title() + " as a chart")
                    + "\" id=\""
                    + chart.id()
                    + "\"")
            .close("div");
        html.element("figcaption", chart.note());
      }
      html.close("figure");
    }
    html.element("noscript", "The charts are drawn by a script; the tables are not.");
  }
}
