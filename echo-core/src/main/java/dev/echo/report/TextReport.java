package dev.echo.report;

import dev.echo.load.Assessment;
import dev.echo.load.Assessment.Check;
import dev.echo.load.LoadResult;
import dev.echo.load.Quantile;
import dev.echo.load.Trouble;
import dev.echo.payload.WrongEcho;
import java.io.IOException;
import java.util.List;

/** A report for people, on a terminal or in a mail: settings first, the verdict last. */
final class TextReport implements Renderer {
  private static final int SHOWN_WRONG = 5;
  private static final int SHOWN_TROUBLES = 5;
  private static final int LABEL = TextLines.LABEL;
  private static final int CELL = 11;
  private static final int CONDITION = 24;
  private static final int LONGEST_CONDITION = 42;

  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    if (reports.size() > 1) {
      new TextComparison(new TextLines(out)).write(Comparison.of(reports));
    } else {
      new Writer(new TextLines(out)).write(reports.get(0));
    }
  }

  /** Writes one. */
  private record Writer(TextLines lines) {
    void write(Report report) throws IOException {
      LoadResult result = report.result();
      if (!report.name().isEmpty()) {
        lines.fact("result", report.name());
      }
      lines.facts("settings", PlanFacts.of(result.plan()));
      lines.facts("client", Facts.host(result.host()));
      lines.fact("started", result.started().toString());
      lines.blank();
      for (Fact fact : Facts.counts(result)) {
        lines.fact(fact.label(), fact.text());
      }
      lines.blank();
      times(result);
      wrong(result);
      troubles(result);
      assessment(report.assessment());
    }

    private void times(LoadResult result) throws IOException {
      if (Caveats.hasNoResponseTime(result)) {
        lines.paragraph(Caveats.NO_RESPONSE_TIME);
        lines.blank();
      }
      TimesTable table = TimesTable.of(result);
      if (table.rows().isEmpty()) {
        lines.fact("times", "none were measured");
        lines.blank();
        return;
      }
      StringBuilder head = new StringBuilder(TextLines.pad(table.scale().unit(), LABEL));
      TimesTable.HEADS.forEach(each -> head.append(TextLines.padLeft(each, CELL)));
      lines.line(head.toString());
      for (TimesTable.Row row : table.rows()) {
        StringBuilder line = new StringBuilder(TextLines.pad(row.label(), LABEL));
        for (Quantile quantile : row.quantiles()) {
          line.append(TextLines.padLeft(table.scale().text(quantile), CELL));
        }
        lines.line(line.toString());
      }
      for (String caveat : Caveats.of(table)) {
        lines.item(caveat);
      }
      lines.blank();
    }

    private void wrong(LoadResult result) throws IOException {
      if (result.wrong().isEmpty()) {
        return;
      }
      lines.line("wrong echoes");
      for (WrongEcho each : first(result.wrong(), SHOWN_WRONG)) {
        lines.item(Sentences.of(each));
      }
      more(result.wrongEchoes() - SHOWN_WRONG);
    }

    private void troubles(LoadResult result) throws IOException {
      if (result.troubles().isEmpty()) {
        return;
      }
      lines.line("troubles");
      for (Trouble each : first(result.troubles(), SHOWN_TROUBLES)) {
        lines.item(Sentences.of(each));
      }
      more(result.troubles().size() - SHOWN_TROUBLES);
    }

    private void assessment(Assessment assessment) throws IOException {
      if (!assessment.warnings().isEmpty()) {
        lines.line("warnings");
        for (String warning : assessment.warnings()) {
          lines.item(warning);
        }
        lines.blank();
      }
      if (!assessment.checks().isEmpty()) {
        lines.line("expected");
        int column =
            assessment.checks().stream()
                .mapToInt(each -> each.condition().length())
                .max()
                .orElse(0);
        for (Check check : assessment.checks()) {
          String condition = TextLines.printable(check.condition());
          int width = Math.min(LONGEST_CONDITION, Math.max(CONDITION, column + 2));
          lines.item(TextLines.pad(condition, width) + Sentences.outcome(check));
        }
        lines.blank();
      }
      lines.fact("verdict", Sentences.verdict(assessment));
    }

    private void more(long count) throws IOException {
      if (count > 0) {
        lines.item("... " + Numbers.count(count) + " more");
      }
      lines.blank();
    }

    private static <T> List<T> first(List<T> all, int count) {
      return all.subList(0, Math.min(count, all.size()));
    }
  }
}
