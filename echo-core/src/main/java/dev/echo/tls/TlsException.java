package dev.echo.tls;

import dev.echo.text.SafeMessage;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A TLS connection could not be made or ended wrongly; the message is one sentence. */
@SuppressWarnings("serial") // not meant to leave the process
public final class TlsException extends SSLException implements SafeMessage {
  private final TlsProblem problem;

  TlsException(TlsProblem problem, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.problem = problem;
  }

  /**
   * What stands against the connection.
   *
   * @return as far as it is known
   */
  public TlsProblem problem() {
    return problem;
  }
}
