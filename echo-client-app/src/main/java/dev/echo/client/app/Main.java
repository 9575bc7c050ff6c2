package dev.echo.client.app;

import dev.echo.endpoint.NettyDefaults;
import dev.echo.text.StandardStream;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;

/** Starts the client. */
public final class Main {
  private Main() {}

  /**
   * Runs the launcher and ends the process with its exit status.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    // What libraries write, such as the parser of the options, is the same in every locale too.
    Locale.setDefault(Locale.ROOT);
    NettyDefaults.apply();
    // Not System.out: it swallows what goes wrong, as when nobody reads a pipe any more.
    Environment process =
        Environment.ofProcess(
            new BufferedInputStream(StandardStream.IN.input()),
            StandardStream.OUT.output(),
            StandardStream.ERROR.output());
    System.exit(new Launcher(process).run(args));
  }

  /**
   * Runs the launcher on streams that are no terminal.
   *
   * @param in what {@code -f -} reads; it is not closed
   * @param out gets the results
   * @param err gets everything else
   * @param args the words of the command line
   * @return the exit status
   */
  public static int run(InputStream in, OutputStream out, OutputStream err, String... args) {
    return new Launcher(Environment.of(in, out, err)).run(args);
  }
}
