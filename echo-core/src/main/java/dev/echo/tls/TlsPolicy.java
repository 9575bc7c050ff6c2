package dev.echo.tls;

import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;

/**
 * Which versions and cipher suites are used: 1.2 and 1.3, with forward secrecy and authenticated
 * encryption alone (RFC 9325, 4.2).
 */
final class TlsPolicy {
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

  static SslContextBuilder apply(SslContextBuilder builder, TlsProvider provider) {
    return builder
        .sslProvider(provider.provider())
        .protocols(TLS_1_3, TLS_1_2)
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
  }
}
