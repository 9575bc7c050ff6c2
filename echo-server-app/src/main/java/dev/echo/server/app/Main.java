package dev.echo.server.app;

import dev.echo.endpoint.NettyDefaults;
import dev.echo.endpoint.TransportChoice;
import dev.echo.text.BuildInfo;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.text.RawArguments;
import dev.echo.tls.TlsPolicy;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Starts the server. */
public final class Main {
  static final int SHOWN_CHARACTERS = 500;

  private Main() {}

  /**
   * Runs the launcher, and ends the process with its status.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    // What libraries write, such as the parser of the options, is the same in every locale too.
    Locale.setDefault(Locale.ROOT);
    NettyDefaults.apply();
    TlsPolicy.limitGroups();
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

  static int run(Console console, String... given) {
    // Read now: at the end there may be no class to be had any more, as if the jar was replaced.
    int unusable = ExitStatus.USAGE.code();
    try {
      String[] args = words(given);
      ServerCommand plain = ServerCommand.plain(args);
      return plain == null ? parse(console, args) : serve(console, plain);
    } catch (UsageException e) {
      console.complain(escaped(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      console.complain("interrupted");
    } catch (LinkageError e) {
      console.complain(
          "cannot go on: a part of the program is missing (was the jar replaced meanwhile?)");
    } catch (RuntimeException | OutOfMemoryError e) {
      console.complain("cannot go on: " + ServerRun.sentence(e));
    }
    return unusable;
  }

  private static String[] words(String... given) throws UsageException {
    try {
      return RawArguments.of(given);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static int parse(Console console, String... args)
      throws UsageException, InterruptedException {
    ParsedLine line;
    try {
      line = new ParsedLine(args);
    } catch (IllegalArgumentException e) {
      console.complain(String.valueOf(e.getMessage()));
      return ExitStatus.USAGE.code();
    }
    if (line.command().asksForHelp()) {
      console.show(List.of(line.help().stripTrailing()));
      return ExitStatus.OK.code();
    }
    if (line.command().asksForVersion()) {
      line.command().verbosity().configureLogging();
      String transport = TransportChoice.serving(List.of()).toString();
      console.show(BuildInfo.of(Main.class).lines("echo-server", transport));
      return ExitStatus.OK.code();
    }
    return serve(console, line.command());
  }

  private static int serve(Console console, ServerCommand command)
      throws UsageException, InterruptedException {
    command.verbosity().configureLogging();
    return new ServerRun(command.plan(), console, Signals.collect()).run();
  }

  /** What the user typed may stand in the message. */
  private static String escaped(Exception failure) {
    return EscapedText.sentence(String.valueOf(failure.getMessage()), SHOWN_CHARACTERS);
  }
}
