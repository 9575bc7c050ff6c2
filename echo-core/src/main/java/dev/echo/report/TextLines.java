package dev.echo.report;

import dev.echo.text.EscapedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lines of at most 80 columns. Whatever is written passes {@link #printable}: a saved result may
 * come from anywhere.
 */
final class TextLines {
  static final int WIDTH = 80;
  static final int LABEL = 14;

  private static final int LONGEST_TEXT = 2000;

  /** A space at which a line may end: not the one between a value and its unit. */
  private static final Pattern GAP =
      Pattern.compile("(?<!\\d) | (?!(?:[nµm]?s|[kMG]?B|bytes?)(?![\\p{L}\\d]))");

  private static final String BREAKS = "/,;:=&?-_.";

  private final Appendable out;

  TextLines(Appendable out) {
    this.out = out;
  }

  /** Escapes what is no visible character; backslashes stay, since escapes were made before. */
  static String printable(String text) {
    return EscapedText.of(text, LONGEST_TEXT).replace("\\\\", "\\");
  }

  void blank() throws IOException {
    out.append('\n');
  }

  /** A label and a text, which goes on below itself. */
  void fact(String label, String text) throws IOException {
    paragraph(pad(printable(label), LABEL), " ".repeat(LABEL), text);
  }

  /** Several facts behind each other, none of which is torn apart where it fits on a line. */
  void facts(String label, List<Fact> facts) throws IOException {
    StringBuilder line = new StringBuilder();
    String head = label;
    for (Fact fact : facts) {
      String text = fact.label() + " " + printable(fact.text());
      // Two for what stands between them, one for what may stand behind.
      int columns = LABEL + columns(line.toString()) + 2 + columns(text) + 1;
      if (!line.isEmpty() && columns > WIDTH) {
        fact(head, line + ";");
        line.setLength(0);
        head = "";
      }
      line.append(line.isEmpty() ? "" : "; ").append(text);
    }
    fact(head, line.toString());
  }

  void paragraph(String text) throws IOException {
    paragraph("", "", text);
  }

  /** Goes on two columns further in. */
  void hanging(String text) throws IOException {
    paragraph("", "  ", text);
  }

  void item(String text) throws IOException {
    paragraph("  ", "    ", text);
  }

  /** Belongs to an item. */
  void subitem(String text) throws IOException {
    paragraph("    ", "      ", text);
  }

  /** A line that is known to fit. */
  void line(String text) throws IOException {
    out.append(text.stripTrailing()).append('\n');
  }

  private void paragraph(String first, String rest, String text) throws IOException {
    String indent = first;
    for (String line : wrap(printable(text), WIDTH - rest.length())) {
      line(indent + line);
      indent = rest;
    }
  }

  static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - columns(text)));
  }

  static String padLeft(String text, int width) {
    return " ".repeat(Math.max(1, width - columns(text))) + text;
  }

  private static int columns(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Where to break what has no gap: behind a sign, as in a path, if there is one. */
  private static int end(StringBuilder line, int width) {
    int end = line.offsetByCodePoints(0, width);
    for (int at = end; at > end / 2; at--) {
      if (BREAKS.indexOf(line.charAt(at - 1)) >= 0) {
        return at;
      }
    }
    return end;
  }

  private static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : GAP.split(text, -1)) {
      if (!line.isEmpty() && columns(line.toString()) + 1 + columns(word) > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word);
      while (columns(line.toString()) > width) {
        int end = end(line, width);
        lines.add(line.substring(0, end));
        line.delete(0, end);
      }
    }
    lines.add(line.toString());
    return lines;
  }
}
