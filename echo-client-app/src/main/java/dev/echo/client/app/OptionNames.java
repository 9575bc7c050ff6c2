package dev.echo.client.app;

import dev.echo.text.NearestWord;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

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

  /** What other programs have an option for, and is a word here. */
  private static final Set<String> PLACES =
      Set.of("host", "port", "p", "address", "addr", "server", "target", "url", "uri", "connect");

  /** The commands with the most options first. */
  private static final List<Supplier<Command>> OTHERS =
      List.of(
          () -> new BenchCommand(),
          () -> new SendCommand(),
          () -> new PingCommand(),
          () -> new ReportCommand());

  private OptionNames() {}

  /**
   * Says what may have been meant.
   *
   * @param given as somebody wrote it, perhaps with a value behind an equals sign
   * @param options that the command has
   * @return in parentheses, after a blank; empty if nothing resembles it
   */
  static String suggestion(String given, Set<String> options) {
    return PLACES.contains(name(given))
        ? " (the target is a word of its own: HOST:PORT, or a URI)"
        : nearest(given, options)
            .map(found -> " (did you mean " + found + "?)")
            .orElseGet(() -> elsewhere(given));
  }

  /** Which other command has it, by the same name or by the letter that stands for it. */
  private static String elsewhere(String given) {
    String letter = LETTERS.getOrDefault(name(given), "");
    for (Supplier<Command> each : OTHERS) {
      CommandSpec command = ParsedLine.parser(each.get()).getCommandSpec();
      for (String option : List.of("--" + name(given), "-" + name(given), letter)) {
        OptionSpec found = command.optionsMap().get(option);
        if (found != null && !found.hidden()) {
          return " (" + command.name() + " has it: " + option + ")";
        }
      }
    }
    return "";
  }

  /** The option that other programs call so, or the one that is spelled nearly so. */
  private static Optional<String> nearest(String given, Set<String> options) {
    String letter = LETTERS.getOrDefault(name(given), "");
    return options.contains(letter)
        ? Optional.of(letter)
        : options.contains(letter.toUpperCase(Locale.ROOT)) && !letter.isEmpty()
            ? Optional.of(letter.toUpperCase(Locale.ROOT))
            : NearestWord.of(given, options);
  }

  private static String name(String given) {
    return given.replaceFirst("^-+", "").replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
  }
}
