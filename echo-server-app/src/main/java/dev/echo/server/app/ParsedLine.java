package dev.echo.server.app;

import dev.echo.text.EscapedText;
import dev.echo.text.NearestWord;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command line that the parser has read. */
final class ParsedLine {
  /** What other programs have an option for, and is a word here. */
  private static final Set<String> PLACES = Set.of("host", "port", "p", "bind", "address", "addr");

  /** What says there how much is sent, and what becomes of it. */
  private static final Set<String> CLIENTS =
      Set.of(
          "c",
          "n",
          "s",
          "r",
          "d",
          "m",
          "f",
          "o",
          "i",
          "messages",
          "message",
          "count",
          "size",
          "duration",
          "warmup",
          "interval",
          "format",
          "json",
          "html",
          "output",
          "seed",
          "wait",
          "expect",
          "insecure");

  private final ServerCommand command = new ServerCommand();
  private final CommandLine line =
      new CommandLine(command)
          .setExpandAtFiles(false)
          .registerConverter(Path.class, OptionTypes::file);

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException with an escaped sentence for a person if it cannot be read
   */
  ParsedLine(String... args) {
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      throw new IllegalArgumentException(words(e) + "; see echo-server --help", e);
    }
  }

  ServerCommand command() {
    return command;
  }

  String help() {
    return line.getUsageMessage(Help.Ansi.OFF);
  }

  private static String words(ParameterException failure) {
    String message =
        EscapedText.sentence(String.valueOf(failure.getMessage()), Main.SHOWN_CHARACTERS);
    String words = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    return failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
        ? words + suggestion(unmatched)
        : words;
  }

  private static String suggestion(UnmatchedArgumentException unknown) {
    String word = unknown.getUnmatched().get(0);
    if (PLACES.contains(word.replaceFirst("^-+", "").replaceFirst("=.*", ""))) {
      return " (the address is a word of its own: HOST PORT, or --listen tcp://HOST:PORT)";
    }
    Set<String> options = unknown.getCommandLine().getCommandSpec().optionsMap().keySet();
    return NearestWord.of(word, options)
        .map(nearest -> " (did you mean " + nearest + "?)")
        .orElse(
            CLIENTS.contains(word.replaceFirst("^-+", "").replaceFirst("=.*", ""))
                ? " (echo-client has it, the server has not)"
                : "");
  }
}
