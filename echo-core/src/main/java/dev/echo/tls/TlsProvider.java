package dev.echo.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.util.Locale;

/** Who does the cryptography. */
public enum TlsProvider {
  /** The Java platform. With TLS 1.3 each direction ends by itself. */
  JDK(SslProvider.JDK),
  /** OpenSSL or BoringSSL: needs {@code netty-tcnative} on the class path. */
  OPENSSL(SslProvider.OPENSSL);

  private final SslProvider provider;

  TlsProvider(SslProvider provider) {
    this.provider = provider;
  }

  SslProvider provider() {
    return provider;
  }

  /** Refuses a provider that is not there. */
  TlsProvider checked() {
    if (this == OPENSSL && !OpenSsl.isAvailable()) {
      throw new IllegalArgumentException(
          "TLS provider openssl is not available (expected: netty-tcnative on the class path): "
              + OpenSsl.unavailabilityCause());
    }
    return this;
  }

  /** What it is called on a command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
