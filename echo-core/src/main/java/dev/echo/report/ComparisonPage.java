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
    HtmlReport.figures(html, charts);
    return html.toString();
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
