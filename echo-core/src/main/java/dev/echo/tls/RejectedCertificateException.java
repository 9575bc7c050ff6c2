package dev.echo.tls;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/** Why a certificate is not accepted, in one sentence. Travels inside the provider's exceptions. */
@SuppressWarnings("serial") // not meant to leave the process
final class RejectedCertificateException extends CertificateException {
  private final TlsProblem problem;

  RejectedCertificateException(TlsProblem problem, String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
    this.problem = problem;
  }

  TlsProblem problem() {
    return problem;
  }
}
