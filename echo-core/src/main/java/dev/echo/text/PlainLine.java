package dev.echo.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line of words and of one option with a value, as most are. It is read here, in a plain
 * loop, because loading a parser takes longer than all that a program of echo does until its first
 * echo.
 *
 * @param words without option, in their order
 * @param values of the option, in their order
 */
public record PlainLine(List<String> words, List<String> values) {
  /**
   * Reads a command line, if it is no more than that.
   *
   * @param option the one with a value, such as {@code -m}
   * @param mostWords without option
   * @param args the command line
   * @return null if it takes the parser to read it, or to say what is wrong
   */
  public static @Nullable PlainLine of(String option, int mostWords, String... args) {
    PlainLine line = new PlainLine(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < args.length; i++) {
      if (args[i].equals(option) && i + 1 < args.length && isWord(args[i + 1])) {
        i++;
        line.values.add(args[i]);
      } else if (isWord(args[i]) && line.words.size() < mostWords) {
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
