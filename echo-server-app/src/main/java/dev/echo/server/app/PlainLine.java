package dev.echo.server.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line that says where to listen and nothing else, as most do. It is read here, because
 * loading the parser takes longer than all that the server does until its first echo.
 *
 * @param words up to two, without option
 * @param uris of {@code --listen}
 */
record PlainLine(List<String> words, List<String> uris) {
  private static final int MOST_WORDS = 2;
  private static final String LISTEN = "--listen";

  /** The command line, or null if it takes the parser to read it, or to say what is wrong. */
  static @Nullable PlainLine of(String... args) {
    PlainLine line = new PlainLine(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(LISTEN) && i + 1 < args.length && isWord(args[i + 1])) {
        i++;
        line.uris.add(args[i]);
      } else if (isWord(args[i]) && line.words.size() < MOST_WORDS) {
        line.words.add(args[i]);
      } else {
        return null;
      }
    }
    return line;
  }

  private static boolean isWord(String arg) {
    return !arg.isEmpty() && arg.charAt(0) != '-';
  }
}
