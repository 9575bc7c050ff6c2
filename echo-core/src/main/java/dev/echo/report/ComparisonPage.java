package dev.echo.report;

import dev.echo.report.Comparison.Cell;
import dev.echo.report.Comparison.Row;
import java.util.ArrayList;
import java.util.List;

/** What the HTML report says of several results. */
record ComparisonPage(Html html, Comparison comparison) {
  String body(String title, List<Chart> charts) {
    html.element("h1", title);
    for (int i = 0; i < comparison.names().size(); i++) {
      Report report = comparison.reports().get(i);
      ResultPage.verdict(html, comparison.names().get(i) + ": ", report.assessment());
    }
    html.element("h2", "Different settings");
    if (comparison.settings().isEmpty()) {
      html.element("p", "None.");
    } else {
      table("", comparison.settings());
    }
    html.element("h2", "Figures");
    table("times in " + comparison.unit(), comparison.figures());
    html.element("p class=\"faint\"", "Percentages compare with the first.");
    if (!comparison.conditions().isEmpty()) {
      html.element("h2", "Expected");
      table("", comparison.conditions());
    }
    warnings();
    HtmlReport.figures(html, charts);
    html.open("div class=\"columns\"").open("section").element("h2", "Common settings");
    html.facts(comparison.common()).close("section").close("div");
    html.element("h2", "Clients");
    table("", comparison.clients());
    return html.toString();
  }

  private void warnings() {
    List<String> warnings = comparison.warnings();
    if (!warnings.isEmpty()) {
      html.element("h2", "Warnings").list("ul", warnings);
    }
  }

  private void table(String corner, List<Row> rows) {
    List<String> heads = new ArrayList<>(comparison.names());
    heads.add(0, corner);
    html.numbers(heads);
    for (Row row : rows) {
      html.open("tr").element("th", row.label());
      for (Cell cell : row.cells()) {
        html.open("td").text(cell.text());
        if (!cell.change().isEmpty()) {
          html.text(" ").element("span class=\"change\"", cell.change());
        }
        html.close("td");
      }
      html.close("tr");
    }
    html.closeNumbers();
  }
}
