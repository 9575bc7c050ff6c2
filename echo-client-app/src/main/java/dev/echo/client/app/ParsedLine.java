package dev.echo.client.app;

import dev.echo.caller.ProxyVersion;
import dev.echo.client.ClientMode;
import dev.echo.text.Durations;
import dev.echo.text.ExitStatus;
import dev.echo.text.FileNames;
import dev.echo.tls.TlsProvider;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.PicocliException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A command whose options the parser has read. */
final class ParsedLine {
  private static final int WIDTH = 80;
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?\\d{1,20})([kmg]?)", Pattern.CASE_INSENSITIVE);

  private final Command command;
  private final CommandLine parser;

  /**
   * Reads the options of a command.
   *
   * @throws IllegalArgumentException with a sentence for a person if they cannot be read
   */
  ParsedLine(Command command, String... args) {
    this.command = command;
    try {
      parser = parser(command);
      parser.parseArgs(args);
    } catch (PicocliException e) {
      throw new IllegalArgumentException(sentence(e), e);
    }
  }

  boolean asksForHelp() {
    return parser.isUsageHelpRequested();
  }

  boolean asksForVersion() {
    return parser.isVersionHelpRequested();
  }

  String help() {
    parser.setSeparator(" "); // As the examples have it; an equals sign is read, too.
    return parser.getUsageMessage(Ansi.OFF).stripTrailing();
  }

  /**
   * Runs the command.
   *
   * @throws IllegalArgumentException with a sentence for a person if the options contradict each
   *     other
   */
  ExitStatus run(Environment environment) throws InterruptedException {
    try {
      return command.run(environment);
    } catch (PicocliException e) {
      throw new IllegalArgumentException(sentence(e), e);
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
        .registerConverter(Duration.class, ParsedLine::duration)
        .registerConverter(Path.class, ParsedLine::path)
        .registerConverter(Integer.class, text -> (int) number(text, Integer.MAX_VALUE))
        .registerConverter(int.class, text -> (int) number(text, Integer.MAX_VALUE))
        .registerConverter(boolean.class, ParsedLine::flag)
        .registerConverter(Long.class, text -> number(text, Long.MAX_VALUE))
        .registerConverter(long.class, text -> number(text, Long.MAX_VALUE))
        .registerConverter(ProxyVersion.class, text -> choice(text, List.of(ProxyVersion.values())))
        .registerConverter(TlsProvider.class, text -> choice(text, List.of(TlsProvider.values())))
        .registerConverter(ClientMode.class, text -> choice(text, List.of(ClientMode.values())))
        .registerConverter(
            Print.class, text -> choice(text, List.of(Print.REPLY, Print.HEX, Print.NONE)));
  }

  /** Units as in rates: 50k are 50,000. */
  private static long number(String text, long most) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' (expected: a whole number, such as 500 or 50k)");
    }
    String unit = matcher.group(2).toLowerCase(Locale.ROOT);
    int power = unit.isEmpty() ? 0 : "kmg".indexOf(unit) + 1;
    BigInteger number = new BigInteger(matcher.group(1)).multiply(BigInteger.TEN.pow(3 * power));
    if (number.compareTo(BigInteger.valueOf(most)) > 0 || number.bitLength() > 63) {
      throw new TypeConversionException("'" + text + "' (expected: at most " + most + ")");
    }
    return number.longValue();
  }

  /** A value of an option that has none. */
  private static boolean flag(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new TypeConversionException("'" + text + "' (expected: the option alone)");
    }
    return text.equals("true");
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

  private static Path path(String text) {
    try {
      return FileNames.path(text);
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
        ? "unknown option '" + word + "'" + OptionNames.suggestion(word, options)
        : "unknown word '" + word + "'";
  }
}
