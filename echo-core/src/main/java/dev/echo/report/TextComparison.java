package dev.echo.report;

import dev.echo.report.Comparison.Cell;
import dev.echo.report.Comparison.Row;
import java.io.IOException;
import java.util.List;

/** A comparison in columns, as many beside each other as there is room for. */
final class TextComparison {
  private static final int LABEL = 16;
  private static final int COLUMN = 21;
  private static final int CHANGE = 8;
  private static final int COLUMNS = (TextLines.WIDTH - LABEL) / COLUMN;

  private final TextLines lines;

  TextComparison(TextLines lines) {
    this.lines = lines;
  }

  void write(Comparison comparison) throws IOException {
    int count = comparison.names().size();
    for (int i = 0; i < count; i++) {
      lines.fact("[" + (i + 1) + "]", comparison.names().get(i));
    }
    settings(comparison);
    for (int from = 0; from < count; from += COLUMNS) {
      figures(comparison, from, Math.min(count, from + COLUMNS));
    }
    lines.blank();
    conditions(comparison);
    warnings(comparison);
    verdicts(comparison);
  }

  /** Settings are long; those that differ stand below each other. */
  private void settings(Comparison comparison) throws IOException {
    lines.blank();
    lines.facts("settings", comparison.common());
    for (Row row : comparison.settings()) {
      differing(row.label() + " differs", row);
    }
    List<Row> clients = comparison.clients();
    List<Fact> same = clients.stream().filter(Row::isSame).map(Row::first).toList();
    if (!same.isEmpty()) {
      lines.facts("client", same);
    }
    for (Row row : clients) {
      if (!row.isSame()) {
        differing(row.label() + " of the client differs", row);
      }
    }
  }

  private void differing(String head, Row row) throws IOException {
    lines.paragraph(head);
    for (int i = 0; i < row.cells().size(); i++) {
      lines.item("[" + (i + 1) + "] " + row.cells().get(i).text());
    }
  }

  private void conditions(Comparison comparison) throws IOException {
    if (comparison.conditions().isEmpty()) {
      return;
    }
    lines.line("expected");
    for (Row row : comparison.conditions()) {
      lines.item(row.label());
      for (int i = 0; i < row.cells().size(); i++) {
        lines.subitem("[" + (i + 1) + "] " + row.cells().get(i).text());
      }
    }
    lines.blank();
  }

  private void warnings(Comparison comparison) throws IOException {
    List<Report> reports = comparison.reports();
    if (comparison.warnings().isEmpty()) {
      return;
    }
    lines.line("warnings");
    for (int i = 0; i < reports.size(); i++) {
      for (String warning : reports.get(i).assessment().warnings()) {
        lines.item("[" + (i + 1) + "] " + warning);
      }
    }
    lines.blank();
  }

  private void figures(Comparison comparison, int from, int to) throws IOException {
    lines.blank();
    StringBuilder head = new StringBuilder(TextLines.pad("times in " + comparison.unit(), LABEL));
    for (int i = from; i < to; i++) {
      head.append(TextLines.padLeft("[" + (i + 1) + "]", COLUMN - CHANGE))
          .append(" ".repeat(CHANGE));
    }
    lines.line(head.toString());
    for (Row row : comparison.figures()) {
      List<Cell> cells = row.cells().subList(from, to);
      StringBuilder line = new StringBuilder(TextLines.pad(row.label(), LABEL));
      for (Cell cell : cells) {
        line.append(TextLines.padLeft(cell.text(), COLUMN - CHANGE));
        line.append(TextLines.padLeft(cell.change(), CHANGE));
      }
      lines.line(line.toString());
    }
  }

  private void verdicts(Comparison comparison) throws IOException {
    for (int i = 0; i < comparison.names().size(); i++) {
      String verdict = Sentences.verdict(comparison.reports().get(i).assessment());
      lines.fact("verdict [" + (i + 1) + "]", verdict);
    }
  }
}
