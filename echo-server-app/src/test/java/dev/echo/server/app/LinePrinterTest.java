package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinePrinterTest {
  @Test
  @Timeout(10)
  void dropsLinesRatherThanWaitForTheTerminal() {
    StoppedTerminal terminal = new StoppedTerminal();
    LinePrinter printer = new LinePrinter(terminal.stream());

    boolean all = true;
    for (int i = 0; i < 10_000; i++) {
      all &= printer.print("line");
    }

    assertThat(all).isFalse();
    terminal.release();
    printer.close();
  }
}
