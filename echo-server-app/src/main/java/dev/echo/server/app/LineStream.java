package dev.echo.server.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Hands what is written to it to a {@link LinePrinter}, line by line: the logger writes on event
 * loops, which must not wait for whoever reads standard error. The {@link PrintStream} around it
 * keeps threads apart.
 */
final class LineStream extends OutputStream {
  private final LinePrinter printer;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private LineStream(LinePrinter printer) {
    this.printer = printer;
  }

  static PrintStream to(LinePrinter printer) {
    return new PrintStream(new LineStream(printer), true, StandardCharsets.UTF_8);
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      printer.print(line.toString(StandardCharsets.UTF_8).stripTrailing());
      line.reset();
    } else {
      line.write(b);
    }
  }
}
