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
    verdicts(comparison);
  }

  /** Settings are long; those that differ stand below each other. */
  private void settings(Comparison comparison) throws IOException {
    lines.blank();
    if (comparison.settings().isEmpty()) {
      lines.fact("settings", "the same in all");
    }
    for (Row row : comparison.settings()) {
      lines.line(TextLines.printable(row.label()) + " differs");
      for (int i = 0; i < row.cells().size(); i++) {
        lines.item("[" + (i + 1) + "] " + row.cells().get(i).text());
      }
    }
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
