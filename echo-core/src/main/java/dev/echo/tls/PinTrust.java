package dev.echo.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the servers whose certificate has one of some fingerprints; without any, every server.
 * Where issuers are given too, both must hold.
 */
final class PinTrust extends X509ExtendedTrustManager {
  private final List<Fingerprint> pins;
  private final @Nullable PeerTrust issuers;

  PinTrust(List<Fingerprint> pins, @Nullable PeerTrust issuers) {
    this.pins = List.copyOf(pins);
    this.issuers = issuers;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (issuers != null) {
      issuers.checkServerTrusted(chain, authType, engine);
    }
    checkPin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    checkPin(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    checkPin(chain);
  }

  private void checkPin(X509Certificate[] chain) throws CertificateException {
    Fingerprint seen = Fingerprint.of(chain[0]);
    if (!pins.isEmpty() && !pins.contains(seen)) {
      throw new RejectedCertificateException(
          TlsProblem.PIN, "the certificate is not the pinned one: it has " + seen, null);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("for servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("for servers only");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("for servers only");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return issuers == null ? new X509Certificate[0] : issuers.getAcceptedIssuers();
  }
}
