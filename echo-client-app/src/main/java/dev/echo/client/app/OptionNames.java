package dev.echo.client.app;

import dev.echo.text.NearestWord;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which option somebody may have meant by one that there is not. */
final class OptionNames {
  /** What other programs call the options that are letters here. */
  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("rate", "-r"),
          Map.entry("rps", "-r"),
          Map.entry("qps", "-r"),
          Map.entry("connections", "-c"),
          Map.entry("concurrency", "-c"),
          Map.entry("duration", "-d"),
          Map.entry("time", "-d"),
          Map.entry("messages", "-n"),
          Map.entry("count", "-n"),
          Map.entry("number", "-n"),
          Map.entry("requests", "-n"),
          Map.entry("size", "-s"),
          Map.entry("bytes", "-s"),
          Map.entry("interval", "-i"),
          Map.entry("output", "-o"),
          Map.entry("message", "-m"),
          Map.entry("text", "-m"),
          Map.entry("data", "-m"),
          Map.entry("file", "-f"),
          Map.entry("verbose", "-v"),
          Map.entry("quiet", "-q"));

  private OptionNames() {}

  /**
   * Finds the option.
   *
   * @param given as somebody wrote it, perhaps with a value behind an equals sign
   * @param options that the command has
   * @return the option that other programs call so, or the one that is spelled nearly so
   */
  static Optional<String> nearest(String given, Set<String> options) {
    String name = given.replaceFirst("^-+", "").replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
    String letter = LETTERS.getOrDefault(name, "");
    return options.contains(letter)
        ? Optional.of(letter)
        : options.contains(letter.toUpperCase(Locale.ROOT)) && !letter.isEmpty()
            ? Optional.of(letter.toUpperCase(Locale.ROOT))
            : NearestWord.of(given, options);
  }
}
