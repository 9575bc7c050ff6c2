package dev.echo.report;

import java.io.IOException;
import java.util.List;

/** A report for people. */
final class TextReport implements Renderer {
  @Override
  public void render(List<Report> reports, Appendable out) throws IOException {
    for (Report report : reports) {
      out.append("verdict: ").append(report.assessment().status().word()).append("\n");
    }
  }
}
