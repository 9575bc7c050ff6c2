package dev.echo.tls;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.time.Duration;
import java.util.List;

/**
 * Which versions and cipher suites are used: 1.2 and 1.3, with forward secrecy and authenticated
 * encryption alone (RFC 9325, 4.2).
 */
public final class TlsPolicy {
  /**
   * How many sessions of TLS 1.2 a server remembers for clients that take no ticket. Each stays in
   * the heap, 1.2 KiB of it, and the platform's 20,480 would be most of a small one.
   */
  static final int SESSIONS = 512;

  /** How long a server waits for a handshake. */
  static final Duration HANDSHAKE = Duration.ofSeconds(10);

  private static final String GROUPS_PROPERTY = "jdk.tls.namedGroups";

  /** A key exchange over ffdhe8192 takes a hundred times what one over x25519 does. */
  private static final String GROUPS = "x25519,secp256r1,secp384r1,secp521r1,x448";

  static final String TLS_1_3 = "TLSv1.3";
  private static final String TLS_1_2 = "TLSv1.2";

  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_256_GCM_SHA384",
          "TLS_AES_128_GCM_SHA256",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  private TlsPolicy() {}

  /**
   * Keeps the Java platform's TLS to key exchanges over elliptic curves, so that a hello of a
   * kilobyte does not cost its receiver 30 ms. A setting of the whole process ({@code
   * jdk.tls.namedGroups}), and only before its first TLS: for a program, not for a library. Whoever
   * set it by {@code -D} knows better.
   */
  public static void limitGroups() {
    if (System.getProperty(GROUPS_PROPERTY) == null) {
      System.setProperty(GROUPS_PROPERTY, GROUPS);
    }
  }

  static SslContextBuilder apply(SslContextBuilder builder, TlsProvider provider) {
    return builder
        .sslProvider(provider.provider())
        .protocols(TLS_1_3, TLS_1_2)
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
  }
}
