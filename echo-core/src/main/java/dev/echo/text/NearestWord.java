package dev.echo.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Which of some words somebody may have meant. Leading hyphens, case, and what follows an equals
 * sign do not count.
 *
 * <pre>
 * --tmeout, --tiemout, -timeout, --Timeout=3s, --time    --timeout
 * </pre>
 */
public final class NearestWord {
  /** An error is allowed for so many letters. */
  private static final int LETTERS_PER_ERROR = 3;

  private NearestWord() {}

  /**
   * Finds the word with the fewest letters missing, added, other or swapped with their neighbour, a
   * third of them at most; if there is none, the shortest one that begins with the given one, or
   * ends with a hyphen and it.
   *
   * @param given as somebody wrote it
   * @param words to choose from; those of a single letter resemble nothing
   * @return one of the words, as it stands there
   */
  public static Optional<String> of(String given, Collection<String> words) {
    String wanted = letters(given);
    Comparator<String> byErrors = Comparator.comparingInt(word -> errors(wanted, letters(word)));
    Optional<String> nearest =
        words.stream()
            .filter(word -> errors(wanted, letters(word)) <= allowed(wanted, letters(word)))
            .min(byErrors.thenComparing(Comparator.naturalOrder()));
    return nearest.or(
        () ->
            words.stream()
                .filter(word -> wanted.length() > 1 && goesOn(letters(word), wanted))
                .min(Comparator.comparingInt(String::length)));
  }

  /** Whether a word begins so, or has it as its last part. */
  private static boolean goesOn(String word, String wanted) {
    return word.startsWith(wanted) || word.endsWith("-" + wanted);
  }

  private static String letters(String word) {
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    return name.replaceFirst("^-+", "").toLowerCase(Locale.ROOT);
  }

  private static int allowed(String given, String word) {
    if (word.length() < 2) {
      return -1;
    }
    return Math.min(given.length(), word.length()) / LETTERS_PER_ERROR;
  }

  /** The optimal string alignment distance. */
  private static int errors(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int other = last[j - 1] + (same ? 0 : 1);
        row[j] = Math.min(other, 1 + Math.min(last[j], row[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
