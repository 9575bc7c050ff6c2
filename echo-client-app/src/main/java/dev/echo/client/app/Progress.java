package dev.echo.client.app;

import dev.echo.client.app.message.MessageSource;
import dev.echo.text.Durations;
import dev.echo.text.Sizes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A status line with share, rate and time left for what takes longer than a second, on a terminal
 * only. The rate is that of the last two seconds.
 */
final class Progress implements AutoCloseable {
  private static final long TICK_MILLIS = 200;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int WINDOW = 10;
  private static final int BAR = 24;

  private final Screen screen;
  private final long total;
  private final LongSupplier done;
  private final Deque<long[]> samples = new ArrayDeque<>();
  private boolean closed;
  private final Thread thread = new Thread(this::run, "echo-progress");

  /**
   * Shows nothing until it is started.
   *
   * @param total bytes that will come back, or {@link MessageSource#UNKNOWN}
   * @param done bytes that have come back
   */
  Progress(Screen screen, long total, LongSupplier done) {
    this.screen = screen;
    this.total = total;
    this.done = done;
    thread.setDaemon(true);
  }

  void start() {
    if (screen.canRedraw()) {
      thread.start();
    }
  }

  private void run() {
    long start = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        long now = System.nanoTime();
        samples.addLast(new long[] {now, done.getAsLong()});
        if (samples.size() > WINDOW) {
          samples.removeFirst();
        }
        if (now - start >= QUIET_NANOS) {
          show(line(rate()));
        }
        TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double rate() {
    long[] first = samples.getFirst();
    long[] last = samples.getLast();
    return last[0] == first[0] ? 0 : (last[1] - first[1]) * 1e9 / (last[0] - first[0]);
  }

  private String line(double bytesPerSecond) {
    return line(samples.getLast()[1], total, bytesPerSecond);
  }

  /** One line of less than 80 columns. */
  static String line(long bytes, long total, double bytesPerSecond) {
    String rate = Sizes.formatRate(bytesPerSecond);
    if (total <= 0) {
      return Sizes.format(bytes) + " came back, " + rate;
    }
    double share = Math.min(1, (double) bytes / total);
    int filled = (int) (share * BAR);
    // Before the first byte nothing has stalled: a cold start may take longer than a second.
    String left =
        bytesPerSecond < 1
            ? bytes == 0 ? "waiting" : "stalled"
            : Durations.format((long) (Math.max(0, total - bytes) / bytesPerSecond * 1e9))
                + " left";
    return String.format(
        Locale.ROOT,
        "%3d%% [%s%s] %s of %s, %s, %s",
        (int) (share * 100),
        "#".repeat(filled),
        "-".repeat(BAR - filled),
        Sizes.format(bytes),
        Sizes.format(total),
        rate,
        left);
  }

  private synchronized void show(String line) {
    if (!closed) {
      screen.status(line);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    thread.interrupt();
    screen.erase();
  }
}
