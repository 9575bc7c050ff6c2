package dev.echo.client;

import dev.echo.duplex.ConnectionEnd;
import dev.echo.text.SafeMessage;
import dev.echo.verify.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why an echo did not come back as it should, with how far the connection had come. The text of its
 * message is safe to print: a peer's control characters are escaped.
 */
@SuppressWarnings("serial") // not meant to leave the process
public abstract sealed class EchoException extends Exception implements SafeMessage
    permits ConnectionLostException,
        DatagramException,
        MismatchException,
        NoProgressException,
        NotEchoException,
        RefusedException,
        UnreachableException,
        ViolationException {

  private final long sent;
  private final long echoed;
  private @Nullable ConnectionEnd end;

  EchoException(String message, Counts counts, @Nullable Throwable cause) {
    super(message, cause);
    this.sent = counts.sent();
    this.echoed = counts.echoed();
  }

  /** Says how the connection ended; the first to know counts. */
  final void ended(ConnectionEnd known) {
    if (end == null) {
      end = known;
    }
  }

  /**
   * How the connection ended: who ended it, when, and how far it had come.
   *
   * @return empty if there never was one, and for datagrams
   */
  public final Optional<ConnectionEnd> end() {
    return Optional.ofNullable(end);
  }

  /**
   * What became of the message that came back wrong, in the words that all results share.
   *
   * @return empty if it is not that bytes came back which differ from those that were sent
   */
  public Optional<Finding> finding() {
    return Optional.empty();
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
   * The messages that had come back whole and equal. Echoes come back in order, so the first
   * message that did not has the number after it: messages count from 1.
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
