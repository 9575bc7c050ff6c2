package dev.echo.client.app;

import dev.echo.text.StandardStream;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * What a command has around it.
 *
 * @param in standard input
 * @param inDestination whether somebody types it
 * @param out standard output
 * @param err standard error
 * @param interruption asks to end early
 */
record Environment(
    InputStream in,
    Destination inDestination,
    ReplyOutput out,
    Screen err,
    Interruption interruption) {

  /** Streams that are no terminal, and no signals. */
  static Environment of(InputStream in, OutputStream out, OutputStream err) {
    Screen screen = new Screen(err, Destination.PIPE);
    return new Environment(
        in,
        Destination.PIPE,
        new ReplyOutput(out, Destination.PIPE, screen),
        screen,
        new Interruption());
  }

  /** The streams and signals of this process. */
  static Environment ofProcess(InputStream in, OutputStream out, OutputStream err) {
    Screen screen = new Screen(err, Destination.of(StandardStream.ERROR));
    return new Environment(
        in,
        Destination.of(StandardStream.IN),
        new ReplyOutput(out, Destination.of(StandardStream.OUT), screen),
        screen,
        Interruption.ofProcess());
  }
}
