package dev.echo.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinePrinterTest {
  @Test
  @Timeout(10)
  void dropsLinesRatherThanWaitForTheTerminal() {
    CountDownLatch released = new CountDownLatch(1);
    OutputStream stopped =
        new OutputStream() {
          @Override
          public void write(int b) {
            try {
              released.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    LinePrinter printer = new LinePrinter(new PrintStream(stopped, true, StandardCharsets.UTF_8));

    boolean all = true;
    for (int i = 0; i < 10_000; i++) {
      all &= printer.print("line");
    }

    assertThat(all).isFalse();
    released.countDown();
    printer.close();
  }
}
