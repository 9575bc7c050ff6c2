package dev.echo.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Breaks long sentences into lines of at most 80 columns, as the text report does. */
public final class Paragraphs {
  private Paragraphs() {}

  /**
   * Breaks sentences between words, and escapes what is not visible.
   *
   * @param sentences each begins a line of its own
   * @return lines; those that go on are indented
   */
  public static List<String> lines(List<String> sentences) {
    StringBuilder out = new StringBuilder();
    TextLines lines = new TextLines(out);
    try {
      for (String sentence : sentences) {
        lines.hanging(sentence);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString().lines().toList();
  }
}
