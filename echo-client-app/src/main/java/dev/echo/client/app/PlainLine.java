package dev.echo.client.app;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line that says where to send, and perhaps texts, and nothing else. It is read here,
 * because loading the parser takes longer than sending a message.
 *
 * @param words without option
 * @param texts of {@code -m}, in their order
 */
record PlainLine(List<String> words, List<String> texts) {
  private static final String TEXT = "-m";

  /** The command line, or null if it takes the parser to read it, or to say what is wrong. */
  static @Nullable PlainLine of(String... args) {
    PlainLine line = new PlainLine(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(TEXT) && i + 1 < args.length && isWord(args[i + 1])) {
        i++;
        line.texts.add(args[i]);
      } else if (isWord(args[i])) {
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
