package dev.echo.client.app;

import dev.echo.client.app.message.MessagePlan;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.MessageSource.Split;
import dev.echo.text.FileNames;
import dev.echo.text.Sizes;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that say what is sent. The parser calls the methods in the order of the command line,
 * so the entries of the plan stand in that order, whatever their kinds.
 */
final class MessageOptions {
  private static final String GREETING = "Hello, world";
  private static final String STANDARD_INPUT = "-";

  private final List<Function<InputStream, MessageSource>> entries = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private boolean random;

  @Option(
      names = "--lines",
      order = 5,
      description = "make each line of files and of standard input a message")
  private boolean lines;

  @Option(
      names = "--seed",
      order = 7,
      paramLabel = "NUMBER",
      description = "makes the random bytes of an earlier run again (default: a new one)")
  private long seed = new SplittableRandom().nextInt(Integer.MAX_VALUE);

  @Option(
      names = "-n",
      order = 9,
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "send the whole list so many times (default: 1)")
  private long rounds = 1;

  @Option(
      names = "-m",
      order = 1,
      paramLabel = "TEXT",
      description = "a text (default, if nothing else is sent: " + GREETING + ")")
  void text(String text) {
    entries.add(in -> MessageSource.text(text));
  }

  @Option(names = "--hex", order = 2, paramLabel = "HEX", description = "bytes: 'fe 00' or fe00")
  void hex(String text) {
    byte[] bytes = read("--hex", () -> ByteText.hex(text));
    entries.add(in -> MessageSource.bytes(bytes));
  }

  @Option(names = "--base64", order = 3, paramLabel = "BASE64", description = "bytes")
  void base64(String text) {
    byte[] bytes = read("--base64", () -> ByteText.base64(text));
    entries.add(in -> MessageSource.bytes(bytes));
  }

  @Option(names = "-f", order = 4, paramLabel = "FILE", description = "a file; - is standard input")
  void file(String name) {
    inputs.add(name);
    if (name.equals(STANDARD_INPUT)) {
      entries.add(in -> MessageSource.standardInput(in, split()));
    } else {
      Path path = read("-f", () -> FileNames.path(name));
      entries.add(in -> MessageSource.file(path, split()));
    }
  }

  @Option(
      names = "--random",
      order = 6,
      paramLabel = "SIZE",
      description = "random bytes: 64, 1k, 1GiB")
  void random(String size) {
    long bytes = read("--random", () -> Sizes.parse(size));
    long offset = entries.size() * 1_000_003L;
    random = true;
    entries.add(in -> MessageSource.random(bytes, seed + offset));
  }

  @Option(names = "--empty", order = 8, arity = "0", description = "an empty message")
  void empty(boolean given) {
    entries.add(in -> MessageSource.bytes(new byte[0]));
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the options contradict each other
   */
  MessagePlan plan(InputStream in) {
    if (inputs.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw new IllegalArgumentException("-f -: standard input can be read only once");
    }
    if (lines && inputs.isEmpty()) {
      throw new IllegalArgumentException("--lines: splits files (expected: -f FILE or -f -)");
    }
    if (entries.isEmpty()) {
      return new MessagePlan(List.of(MessageSource.text(GREETING)), rounds);
    }
    return new MessagePlan(entries.stream().map(entry -> entry.apply(in)).toList(), rounds);
  }

  /** Says how to send the same random bytes again; empty if there are none. */
  String seedNote() {
    return random ? "seed " + seed + " (the same bytes again: --seed " + seed + ")" : "";
  }

  private Split split() {
    return lines ? Split.LINES : Split.WHOLE;
  }

  /** The parser passes on what a method throws only if it is of the parser's kind. */
  private static <T> T read(String option, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(option + ": " + e.getMessage());
    }
  }
}
