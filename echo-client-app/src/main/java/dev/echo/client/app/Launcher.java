package dev.echo.client.app;

import dev.echo.caller.ProxyVersion;
import dev.echo.client.ClientMode;
import dev.echo.endpoint.Transport;
import dev.echo.text.BuildInfo;
import dev.echo.text.Durations;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.NearestWord;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.PicocliException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * From the words of a command line to an exit status. The first word may name a command; if it
 * names none, the command is {@code send}.
 */
final class Launcher {
  private static final String PROGRAM = "echo-client";
  private static final String DEFAULT_COMMAND = "send";
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final int WIDTH = 80;
  private static final int MAX_SHOWN = 300;

  private final Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
  private final Environment environment;

  Launcher(Environment environment) {
    this.environment = environment;
    commands.put(DEFAULT_COMMAND, SendCommand::new);
    // No method references: making one loads the class, and what its verification needs.
    commands.put("ping", () -> new PingCommand());
    commands.put("bench", () -> new BenchCommand());
    commands.put("report", () -> new ReportCommand());
    commands.put("whoami", () -> new WhoamiCommand());
    commands.put("demo", DemoCommand::new);
  }

  /** Puts another command in the place of one. */
  void replace(String name, Supplier<Command> command) {
    commands.replace(name, command);
  }

  /** Runs one command. Whatever goes wrong ends in one line and a status, never in a trace. */
  @SuppressWarnings("CatchingUnchecked") // the last place that can
  int run(String[] args) {
    try {
      ExitStatus status = dispatch(args);
      environment.out().close(PATIENCE);
      return environment
          .out()
          .failure()
          .map(Failure::status)
          .orElse(ExitStatus.OK)
          .and(status)
          .code();
    } catch (InterruptedException e) {
      return ExitStatus.INTERRUPTED.code();
    } catch (Exception | OutOfMemoryError e) {
      String what = EscapedText.of(String.valueOf(e), MAX_SHOWN);
      environment.err().line(PROGRAM + ": failed here: " + what);
      return ExitStatus.INVALID.code();
    }
  }

  private ExitStatus dispatch(String[] given) throws InterruptedException {
    String name = DEFAULT_COMMAND;
    String first = given.length > 0 ? given[0] : "";
    try {
      String[] args = RawArguments.of(given);
      boolean named = args.length > 0 && commands.containsKey(args[0]);
      name = named ? args[0] : DEFAULT_COMMAND;
      Command command = commands.getOrDefault(name, SendCommand::new).get();
      CommandLine parser = parser(command);
      parser.parseArgs(named ? Arrays.copyOfRange(args, 1, args.length) : args);
      if (parser.isUsageHelpRequested()) {
        parser.setSeparator(" "); // As the examples have it; an equals sign is read, too.
        print(parser.getUsageMessage(Ansi.OFF).stripTrailing());
        if (!named) {
          print(
              "Commands: " + String.join(", ", commands.keySet()) + "; " + PROGRAM + " COMMAND -h");
        }
        return ExitStatus.OK;
      }
      if (parser.isVersionHelpRequested()) {
        BuildInfo build = BuildInfo.of(Main.class);
        build.lines(PROGRAM, Transport.best().toString()).forEach(this::print);
        return ExitStatus.OK;
      }
      return command.run(environment);
    } catch (PicocliException e) {
      return refuse(first, sentence(e), name);
    } catch (IllegalArgumentException e) {
      return refuse(first, String.valueOf(e.getMessage()), name);
    }
  }

  static CommandLine parser(Object command) {
    CommandLine parser = new CommandLine(command);
    parser
        .getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .order(90)
                .description("show this, and do nothing else")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .order(91)
                .description("show version, commit, Netty, Java and transport")
                .build());
    return parser
        .setUsageHelpWidth(WIDTH)
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setAllowOptionsAsOptionParameters(true)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, Launcher::duration)
        .registerConverter(Integer.class, text -> (int) number(text, Integer.MAX_VALUE))
        .registerConverter(Long.class, text -> number(text, Long.MAX_VALUE))
        .registerConverter(long.class, text -> number(text, Long.MAX_VALUE))
        .registerConverter(ProxyVersion.class, text -> choice(text, List.of(ProxyVersion.values())))
        .registerConverter(ClientMode.class, text -> choice(text, List.of(ClientMode.values())))
        .registerConverter(
            Print.class, text -> choice(text, List.of(Print.REPLY, Print.HEX, Print.NONE)));
  }

  private static long number(String text, long most) {
    try {
      long number = Long.parseLong(text);
      if (number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      if (!text.matches("[-+]?\\d+")) {
        throw new TypeConversionException("'" + text + "' (expected: a whole number)");
      }
    }
    throw new TypeConversionException("'" + text + "' (expected: at most " + most + ")");
  }

  private static <T extends Enum<T>> T choice(String text, List<T> values) {
    return values.stream()
        .filter(value -> value.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' (expected: "
                        + String.join(", ", values.stream().map(Object::toString).toList())
                        + ")"));
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static String sentence(PicocliException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unknown(unmatched);
    }
    String message = String.valueOf(e.getMessage());
    // What the methods of options throw comes wrapped in the parser's view of it.
    return e.getCause() instanceof TypeConversionException cause
            && message.contains(" while processing ")
        ? String.valueOf(cause.getMessage())
        : message;
  }

  private static String unknown(UnmatchedArgumentException unmatched) {
    String word = unmatched.getUnmatched().get(0);
    Set<String> options = unmatched.getCommandLine().getCommandSpec().optionsMap().keySet();
    return unmatched.isUnknownOption()
        ? "unknown option '"
            + word
            + "'"
            + NearestWord.of(word, options)
                .map(nearest -> " (did you mean " + nearest + "?)")
                .orElse("")
        : "unknown word '" + word + "'";
  }

  /** What is wrong with words that cannot be used, if the first one looks like a command's name. */
  private Optional<String> misspelt(String first) {
    boolean isWord = first.chars().allMatch(Character::isLetter);
    return commands.containsKey(first) || !isWord
        ? Optional.empty()
        : NearestWord.of(first, commands.keySet())
            .map(nearest -> "unknown command '" + first + "' (did you mean " + nearest + "?)");
  }

  private ExitStatus refuse(String first, String sentence, String command) {
    Optional<String> slip = misspelt(first);
    environment.err().line(PROGRAM + ": " + EscapedText.of(slip.orElse(sentence), MAX_SHOWN));
    environment
        .err()
        .line("  see: " + PROGRAM + (slip.isPresent() ? "" : " " + command) + " --help");
    return ExitStatus.USAGE;
  }

  private void print(String text) {
    environment.out().line(text);
  }
}
