package dev.echo.tls;

/** What stands against a TLS connection. */
public enum TlsProblem {
  /** The other side does not speak TLS. */
  NOT_TLS,
  /** The certificate is for another name. */
  NAME,
  /** The certificate was issued by somebody who is not trusted. */
  ISSUER,
  /** The certificate is not valid any more, or not yet. */
  EXPIRED,
  /** The certificate is not the pinned one. */
  PIN,
  /** The server wants a certificate of the client, and got none or one that it does not accept. */
  CLIENT_CERTIFICATE,
  /** The other side does not accept this side's certificate. */
  REFUSED_CERTIFICATE,
  /** No version or cipher suite in common. */
  NOTHING_IN_COMMON,
  /** The other side went away before the handshake was complete. */
  GONE,
  /** The transport ended without close_notify: what came may be cut off (RFC 8446, 6.1). */
  TRUNCATED,
  /** Something else; the cause says more. */
  OTHER
}
