package dev.echo.server.app;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A stream that takes nothing until it is released, as a terminal after Ctrl-S. */
final class StoppedTerminal extends OutputStream {
  private final CountDownLatch released = new CountDownLatch(1);

  PrintStream stream() {
    return new PrintStream(this, true, StandardCharsets.UTF_8);
  }

  void release() {
    released.countDown();
  }

  @Override
  public void write(int b) {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
