package dev.echo.report;

import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.Assessment.Outcome;
import dev.echo.load.LoadResult;
import dev.echo.load.Quantile;
import java.util.ArrayList;
import java.util.List;

/** What the HTML report says of one result. */
record ResultPage(Html html, Report report) {
  String body(List<Chart> charts) {
    LoadResult result = report.result();
    html.element("h1", result.plan().endpoint().toString());
    html.element(
        "p class=\"faint\"",
        (report.name().isEmpty() ? "" : report.name() + ", ") + "started " + result.started());
    verdict(html, "verdict: ", report.assessment());
    if (Caveats.hasNoResponseTime(result)) {
      html.element("p class=\"loud\"", Caveats.NO_RESPONSE_TIME);
    }
    html.element("h2", "Counts").facts(Facts.counts(result));
    times(result);
    conditions(report.assessment());
    events("Warnings", report.assessment().warnings());
    events("Wrong echoes", result.wrong().stream().map(Sentences::of).toList());
    events("Troubles", result.troubles().stream().map(Sentences::of).toList());
    HtmlReport.figures(html, charts);
    html.open("div class=\"columns\"").open("section").element("h2", "Settings");
    html.facts(PlanFacts.of(result.plan())).close("section");
    html.open("section").element("h2", "Client");
    html.facts(Facts.host(result.host())).close("section").close("div");
    return html.toString();
  }

  static void verdict(Html html, String label, Assessment assessment) {
    boolean isOk = assessment.status().code() == 0;
    html.element(
        "p class=\"verdict" + (isOk ? " ok" : "") + "\"", label + Sentences.verdict(assessment));
  }

  private void times(LoadResult result) {
    TimesTable table = TimesTable.of(result);
    html.element("h2", "Times");
    if (table.rows().isEmpty()) {
      html.element("p", "None were measured.");
      return;
    }
    List<String> heads = new ArrayList<>(TimesTable.HEADS);
    heads.add(0, table.scale().unit());
    html.numbers(heads);
    for (TimesTable.Row row : table.rows()) {
      html.open("tr").element("th", row.label());
      for (Quantile quantile : row.quantiles()) {
        html.element("td", table.scale().text(quantile));
      }
      html.close("tr");
    }
    html.closeNumbers().list("ul class=\"notes\"", Caveats.of(table));
  }

  private void conditions(Assessment assessment) {
    if (assessment.checks().isEmpty()) {
      return;
    }
    html.element("h2", "Expected").open("table");
    for (Check check : assessment.checks()) {
      html.open("tr").element("th", check.condition());
      html.element(
          check.outcome() == Outcome.HELD ? "td class=\"held\"" : "td class=\"failed\"",
          Sentences.outcome(check));
      html.close("tr");
    }
    html.close("table");
  }

  private void events(String title, List<String> sentences) {
    if (!sentences.isEmpty()) {
      html.element("h2", title).list("ul", sentences);
    }
  }
}
