package dev.echo.tls;

/** Which end of a connection this is, as far as words and order depend on it. */
public enum TlsSide {
  /** Was connected to. */
  SERVER,
  /** Connected, and has no certificate to show. */
  CLIENT,
  /** Connected, and has a certificate to show. */
  CLIENT_WITH_CERTIFICATE;

  /**
   * What a client is.
   *
   * @param tls its settings
   * @return by whether it has a certificate
   */
  public static TlsSide of(ClientTls tls) {
    return tls.hasCertificate() ? CLIENT_WITH_CERTIFICATE : CLIENT;
  }
}
