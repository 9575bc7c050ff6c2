package dev.echo.server.app;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes lines on a thread of its own, so a terminal that stands still holds up no event loop; what
 * does not fit into its queue is dropped. Thread-safe.
 */
final class LinePrinter implements AutoCloseable {
  private static final int QUEUE_LINES = 1024;
  private static final long CLOSE_MILLIS = 500;
  private static final long POLL_MILLIS = 50;

  private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final PrintStream err;
  private final Thread writer;

  LinePrinter(PrintStream err) {
    this.err = err;
    writer = new Thread(this::write, "echo-lines");
    writer.setDaemon(true);
    writer.start();
  }

  /** Takes the line if there is room; never waits. */
  boolean print(String line) {
    return queue.offer(line);
  }

  private void write() {
    try {
      while (true) {
        String line = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (line != null) {
          err.println(line);
        } else if (closing.get()) {
          err.flush();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits a moment for what is queued. */
  @Override
  public void close() {
    closing.set(true);
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
