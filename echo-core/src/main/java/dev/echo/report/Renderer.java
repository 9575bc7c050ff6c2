package dev.echo.report;

import java.io.IOException;
import java.util.List;

/** Writes whole reports in one format. Without state, for any thread. */
public interface Renderer {
  /**
   * The renderer of a format.
   *
   * @param format what to write
   * @return its renderer
   */
  static Renderer of(Format format) {
    return switch (format) {
      case TEXT -> new TextReport();
      case JSON -> JsonReport.DOCUMENT;
      case JSONL -> JsonReport.LINES;
      case CSV -> new CsvReport();
      case HGRM -> new HgrmReport();
      case HLOG -> new HlogReport();
      case HTML -> new HtmlReport();
    };
  }

  /**
   * Writes one report, or several: text, JSON and HTML compare them side by side, the first being
   * what the others are compared with; in the other formats they follow each other.
   *
   * @param reports at least one
   * @param out gets text that ends with a line feed; neither flushed nor closed
   * @throws IOException if {@code out} fails
   */
  void render(List<Report> reports, Appendable out) throws IOException;
}
