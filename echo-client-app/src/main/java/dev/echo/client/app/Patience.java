package dev.echo.client.app;

import dev.echo.client.UnreachableException;
import dev.echo.text.Durations;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** How long a server may take until it is there. */
final class Patience {
  /** How long to wait before the next attempt. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SendConfig config;
  private final Report report;
  private final long deadlineNanos;
  private final AtomicBoolean told = new AtomicBoolean();

  Patience(SendConfig config, Report report) {
    this.config = config;
    this.report = report;
    deadlineNanos = System.nanoTime() + config.waitTime().toNanos();
  }

  /**
   * Says whether there is any: then what is sent is kept until the server has proved to be there.
   */
  boolean isAny() {
    return !config.waitTime().isZero();
  }

  /**
   * Says whether to try once more, and tells the first time that this is so.
   *
   * @param cause why a connection failed before a byte came back; null if it just ended
   */
  boolean allowsAnother(@Nullable Throwable cause) {
    boolean allowed =
        isAny()
            && System.nanoTime() + PAUSE_NANOS - deadlineNanos < 0
            && cause != null
            && mayMend(cause);
    if (allowed && told.compareAndSet(false, true)) {
      report.note(
          "waiting up to "
              + Durations.format(config.waitTime())
              + " for "
              + config.endpoint()
              + " ("
              + reason(cause)
              + ")");
    }
    return allowed;
  }

  private static boolean mayMend(Throwable cause) {
    return cause instanceof UnreachableException;
  }

  private static String reason(@Nullable Throwable cause) {
    return cause instanceof UnreachableException unreachable
        ? unreachable.reason().toString()
        : "ended without a byte";
  }
}
