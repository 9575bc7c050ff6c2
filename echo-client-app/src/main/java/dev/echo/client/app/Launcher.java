package dev.echo.client.app;

import dev.echo.endpoint.TransportChoice;
import dev.echo.text.BuildInfo;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.NearestWord;
import dev.echo.text.RawArguments;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From the words of a command line to an exit status. The first word may name a command; if it
 * names none, the command is {@code send}.
 */
final class Launcher {
  private static final String PROGRAM = "echo-client";
  private static final String DEFAULT_COMMAND = "send";
  private static final Duration PATIENCE = Duration.ofDays(1);
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
      environment.out().takeFailure().map(Failure::sentence).ifPresent(environment.err()::line);
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
      String[] args = words(given);
      boolean named = args.length > 0 && commands.containsKey(args[0]);
      name = named ? args[0] : DEFAULT_COMMAND;
      Command command = commands.getOrDefault(name, SendCommand::new).get();
      String[] words = named ? Arrays.copyOfRange(args, 1, args.length) : args;
      if (!named && isAlone(args) && misspelt(first).isPresent()) {
        throw new IllegalArgumentException("'" + first + "' is no command");
      }
      SendCommand plain = command instanceof SendCommand ? SendCommand.plain(words) : null;
      if (plain != null) {
        return plain.run(environment);
      }
      ParsedLine parsed = new ParsedLine(command, words);
      if (parsed.asksForHelp()) {
        print(parsed.help());
        if (!named) {
          print(
              "Commands: " + String.join(", ", commands.keySet()) + "; " + PROGRAM + " COMMAND -h");
        }
        return ExitStatus.OK;
      }
      if (parsed.asksForVersion()) {
        BuildInfo build = BuildInfo.of(Main.class);
        build.lines(PROGRAM, TransportChoice.calling().toString()).forEach(this::print);
        return ExitStatus.OK;
      }
      return parsed.run(environment);
    } catch (IllegalArgumentException e) {
      return refuse(first, String.valueOf(e.getMessage()), name);
    }
  }

  /** Whether the first word names no port with a second one, so that it may be a command. */
  private static boolean isAlone(String... args) {
    return args.length == 1 || (args.length > 1 && args[1].startsWith("-"));
  }

  private static String[] words(String... given) {
    try {
      return RawArguments.of(given);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage()
              + ", as options and names must be; for such bytes: --hex or --base64; for a file of such"
              + " a name: -f - < FILE",
          e);
    }
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
    environment.err().line(PROGRAM + ": " + EscapedText.sentence(slip.orElse(sentence), MAX_SHOWN));
    environment
        .err()
        .line("  see: " + PROGRAM + (slip.isPresent() ? "" : " " + command) + " --help");
    return ExitStatus.USAGE;
  }

  private void print(String text) {
    environment.out().line(text);
  }
}
