package dev.echo.metrics;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells that connections were refused: each to an observer, and at most one a second to the log.
 * Thread-safe.
 */
public final class Refusals {
  private static final Logger logger = LoggerFactory.getLogger(Refusals.class);

  private final EchoObserver observer;
  private final OncePerSecond warnings = new OncePerSecond();

  /**
   * Tells one observer.
   *
   * @param observer is told of each
   */
  public Refusals(EchoObserver observer) {
    this.observer = observer;
  }

  /**
   * Tells of one.
   *
   * @param remote who asked; null if the peer had gone already
   * @param name the same, for a person
   * @param why what stood against it
   * @param detail what else is known, or nothing; safe to be shown
   */
  public void tell(@Nullable SocketAddress remote, Object name, Refusal why, String detail) {
    observer.refused(remote, why);
    if (warnings.pass()) {
      logger.warn(
          "refused a connection from {}: {}{}",
          name,
          why.words(),
          detail.isEmpty() ? "" : " (" + detail + ")");
    }
  }
}
