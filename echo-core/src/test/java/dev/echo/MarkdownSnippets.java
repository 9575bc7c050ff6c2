package dev.echo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The Java code of a Markdown page: the block of its imports, and every other block, which is the
 * body of a method.
 *
 * @param page the name of the page
 * @param imports all imports, in one line
 * @param bodies the other blocks, in their order
 */
record MarkdownSnippets(String page, String imports, List<Body> bodies) {
  private static final String OPEN = "```java";
  private static final String CLOSE = "```";

  /**
   * One block.
   *
   * @param line the line of the page in which its first line stands, from 1
   * @param code its lines
   */
  record Body(int line, String code) {
    String className() {
      return "Line" + line;
    }

    @Override
    public String toString() {
      return "line " + line;
    }
  }

  static MarkdownSnippets read(Path page) throws IOException {
    return of(page.getFileName().toString(), Files.readAllLines(page));
  }

  static MarkdownSnippets of(String page, List<String> lines) {
    List<Body> bodies = new ArrayList<>();
    StringBuilder imports = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).equals(OPEN)) {
        continue;
      }
      int from = i + 1;
      int to = from + lines.subList(from, lines.size()).indexOf(CLOSE);
      if (to < from) {
        throw new IllegalArgumentException(page + ":" + from + ": block without an end");
      }
      List<String> block = lines.subList(from, to);
      if (!block.isEmpty() && block.get(0).startsWith("import ")) {
        imports.append(String.join(" ", block)).append(' ');
      } else {
        bodies.add(new Body(from + 1, block.stream().collect(Collectors.joining("\n"))));
      }
      i = to;
    }
    return new MarkdownSnippets(page, imports.toString(), List.copyOf(bodies));
  }

  /** A class whose lines have the numbers that they have in the page, so errors point there. */
  String source(Body body) {
    String head =
        imports
            + "public class "
            + body.className()
            + " { public static void run(dev.echo.endpoint.Endpoint endpoint) throws Exception {";
    return head + "\n".repeat(body.line() - 1) + body.code() + "\n}}\n";
  }
}
