package dev.echo.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts certificates as the Java platform does, of the platform's issuers or of given ones, and
 * says in one sentence why one is rejected.
 */
final class PeerTrust extends X509ExtendedTrustManager {
  /** One way to ask the platform. */
  private interface Check {
    void run() throws CertificateException;
  }

  private final X509ExtendedTrustManager platform;

  private PeerTrust(X509ExtendedTrustManager platform) {
    this.platform = platform;
  }

  /** Trusts whom the Java platform trusts. */
  static PeerTrust platform() {
    return ofStore(null);
  }

  /** Trusts these issuers alone. */
  static PeerTrust of(List<X509Certificate> issuers) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < issuers.size(); i++) {
        store.setCertificateEntry("issuer-" + i, issuers.get(i));
      }
      return ofStore(store);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot trust given issuers: " + e.getMessage(), e);
    }
  }

  private static PeerTrust ofStore(@Nullable KeyStore issuers) {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(issuers);
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager extended) {
          return new PeerTrust(extended);
        }
      }
      throw new IllegalStateException("the Java platform has no X.509 trust manager");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read the issuers: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(
        chain,
        engine.getPeerHost(),
        () -> platform.checkServerTrusted(chain, authType, engine),
        () -> platform.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    Check check = () -> platform.checkClientTrusted(chain, authType, engine);
    check(chain, null, check, check);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    platform.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    platform.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    platform.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    platform.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return platform.getAcceptedIssuers();
  }

  /** Asks; on a refusal finds out which of the three reasons it was. */
  private static void check(
      X509Certificate[] chain, @Nullable String host, Check whole, Check withoutName)
      throws CertificateException {
    try {
      whole.run();
    } catch (CertificateException rejected) {
      Throwable cause = rejected.getCause() == null ? rejected : rejected.getCause();
      RejectedCertificateException expired = expired(chain, cause);
      if (expired != null) {
        throw expired;
      }
      X509Certificate leaf = chain[0];
      if (host != null && passes(withoutName)) {
        throw new RejectedCertificateException(
            TlsProblem.NAME,
            "the certificate is for " + CertificateText.names(leaf) + ", not for " + host,
            cause);
      }
      throw new RejectedCertificateException(
          TlsProblem.ISSUER,
          "the certificate " + CertificateText.subjectAndIssuer(leaf) + ", which is not trusted",
          cause);
    }
  }

  private static boolean passes(Check check) {
    try {
      check.run();
      return true;
    } catch (CertificateException rejected) {
      return false;
    }
  }

  private static @Nullable RejectedCertificateException expired(
      X509Certificate[] chain, Throwable cause) {
    for (X509Certificate certificate : chain) {
      String subject = CertificateText.subject(certificate);
      try {
        certificate.checkValidity();
      } catch (CertificateExpiredException e) {
        return new RejectedCertificateException(
            TlsProblem.EXPIRED,
            "the certificate of "
                + subject
                + " has expired on "
                + CertificateText.date(certificate.getNotAfter()),
            cause);
      } catch (CertificateNotYetValidException e) {
        return new RejectedCertificateException(
            TlsProblem.EXPIRED,
            "the certificate of "
                + subject
                + " is not valid before "
                + CertificateText.date(certificate.getNotBefore()),
            cause);
      }
    }
    return null;
  }
}
