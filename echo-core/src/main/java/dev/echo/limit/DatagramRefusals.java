package dev.echo.limit;

import dev.echo.metrics.EchoObserver;
import dev.echo.metrics.OncePerSecond;
import dev.echo.metrics.Refusal;
import dev.echo.text.AddressText;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of datagrams that are not served: to the observer each, to the log one a second. Silence is
 * all that their senders get. Thread-safe.
 */
public final class DatagramRefusals {
  private static final Logger logger = LoggerFactory.getLogger(DatagramRefusals.class);

  private final EchoObserver observer;
  private final OncePerSecond warnings = new OncePerSecond();

  /**
   * Makes one for any number of listeners.
   *
   * @param observer is told
   */
  public DatagramRefusals(EchoObserver observer) {
    this.observer = observer;
  }

  /**
   * Tells of one datagram; it remains the caller's.
   *
   * @param source who sent it, or seems to have
   * @param why what stood against it
   */
  public void refused(InetSocketAddress source, Refusal why) {
    observer.refused(source, why);
    if (warnings.pass()) {
      logger.warn("refused a datagram from {}: {}", AddressText.of(source), why.words());
    }
  }
}
