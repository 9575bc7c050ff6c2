package dev.echo.server.app;

import dev.echo.endpoint.Transport;
import dev.echo.text.BuildInfo;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.NearestWord;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Starts the server. */
public final class Main {
  private static final int SHOWN_CHARACTERS = 500;

  private Main() {}

  /**
   * Runs the launcher, and ends the process with its status.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    EventLoops.acceptOneByOne();
    System.exit(run(Console.standard(), args));
  }

  /**
   * Runs the launcher, as into a pipe, until the server has ended.
   *
   * @param out gets results
   * @param err gets everything else
   * @param args the words of the command line
   * @return the exit status
   */
  static int run(PrintStream out, PrintStream err, String... args) {
    return run(new Console(out, err, Console.Look.PLAIN), args);
  }

  static int run(Console console, String... args) {
    // Read now: at the end there may be no class to be had any more, as if the jar was replaced.
    int unusable = ExitStatus.USAGE.code();
    ServerCommand command = new ServerCommand();
    CommandLine line = new CommandLine(command).setExpandAtFiles(false);
    try {
      line.parseArgs(args);
      if (command.asksForHelp()) {
        line.usage(console.out(), Help.Ansi.OFF);
        console.out().flush();
        return ExitStatus.OK.code();
      }
      command.verbosity().configureLogging();
      if (command.asksForVersion()) {
        String transport = Transport.best().toString();
        BuildInfo.of(Main.class).lines("echo-server", transport).forEach(console.out()::println);
        console.out().flush();
        return ExitStatus.OK.code();
      }
      return new ServerRun(command.plan(), console, Signals.collect()).run();
    } catch (ParameterException e) {
      console.complain(words(e) + "; see echo-server --help");
    } catch (UsageException e) {
      console.complain(escaped(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      console.complain("interrupted");
    } catch (LinkageError e) {
      console.complain("cannot go on: " + e + " (was the jar replaced meanwhile?)");
    } catch (RuntimeException | OutOfMemoryError e) {
      console.complain("cannot go on: " + ServerRun.sentence(e));
    }
    return unusable;
  }

  private static String words(ParameterException failure) {
    String message = escaped(failure);
    String words = message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    return failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()
        ? words + suggestion(unmatched)
        : words;
  }

  private static String suggestion(UnmatchedArgumentException unknown) {
    Set<String> options = unknown.getCommandLine().getCommandSpec().optionsMap().keySet();
    return NearestWord.of(unknown.getUnmatched().get(0), options)
        .map(nearest -> " (did you mean " + nearest + "?)")
        .orElse("");
  }

  /** What the user typed may stand in the message. */
  private static String escaped(Exception failure) {
    return EscapedText.of(String.valueOf(failure.getMessage()), SHOWN_CHARACTERS);
  }
}
