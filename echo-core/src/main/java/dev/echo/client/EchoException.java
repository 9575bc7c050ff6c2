package dev.echo.client;

import org.jspecify.annotations.Nullable;

/**
 * Why an echo did not come back as it should, with how far the connection had come. The text of its
 * message is safe to print: a peer's control characters are escaped.
 */
@SuppressWarnings("serial") // not meant to leave the process
public abstract sealed class EchoException extends Exception
    permits ConnectionLostException,
        DatagramException,
        MismatchException,
        NoProgressException,
        NotEchoException,
        RefusedException,
        UnreachableException {

  private final long sent;
  private final long echoed;

  EchoException(String message, Counts counts, @Nullable Throwable cause) {
    super(message, cause);
    this.sent = counts.sent();
    this.echoed = counts.echoed();
  }

  /**
   * The messages that were handed to the connection before it failed.
   *
   * @return 0 or more
   */
  public final long sent() {
    return sent;
  }

  /**
   * The messages that had come back whole and equal. Echoes come back in order, so this is also the
   * index, from 0, of the first message that did not.
   *
   * @return 0 to {@link #sent()}
   */
  public final long echoed() {
    return echoed;
  }

  /**
   * The messages whose echo is missing.
   *
   * @return {@code sent() - echoed()}
   */
  public final long notEchoed() {
    return sent - echoed;
  }
}
