package dev.echo.report;

import java.util.List;

/** A page of HTML in the making. All text is escaped here; markup comes from this package alone. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  static String escaped(String text) {
    String printable = TextLines.printable(text);
    StringBuilder escaped = new StringBuilder(printable.length() + 16);
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Begins an element; the tag may have attributes. */
  Html open(String tag) {
    out.append('<').append(tag).append('>');
    return this;
  }

  Html close(String name) {
    out.append("</").append(name).append(">\n");
    return this;
  }

  Html text(String text) {
    out.append(escaped(text));
    return this;
  }

  /** A whole element with a text in it. */
  Html element(String tag, String text) {
    int space = tag.indexOf(' ');
    return open(tag).text(text).close(space < 0 ? tag : tag.substring(0, space));
  }

  Html list(String tag, List<String> items) {
    if (!items.isEmpty()) {
      open(tag);
      items.forEach(item -> element("li", item));
      close("ul");
    }
    return this;
  }

  Html facts(List<Fact> facts) {
    open("table class=\"facts\"");
    for (Fact fact : facts) {
      open("tr").element("th", fact.label()).element("td", fact.text()).close("tr");
    }
    return close("table");
  }

  Html numbers(List<String> heads) {
    open("div class=\"scroll\"").open("table class=\"numbers\"").open("thead").open("tr");
    heads.forEach(head -> element("th", head));
    return close("tr").close("thead").open("tbody");
  }

  Html closeNumbers() {
    return close("tbody").close("table").close("div");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
