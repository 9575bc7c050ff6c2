package dev.echo.pipeline;

import dev.echo.caller.ProxyVersion;
import dev.echo.tls.ClientTls;
import java.util.Optional;

/**
 * What a client needs to get to an endpoint, besides what the endpoint says by itself. Immutable;
 * each method returns another one.
 */
public final class ClientFront {
  /** Nothing; endpoints over TLS must have a certificate that the Java platform trusts. */
  public static final ClientFront NONE = new ClientFront(ClientTls.DEFAULT, Optional.empty());

  private final ClientTls tls;
  private final Optional<ProxyVersion> proxyHeader;

  private ClientFront(ClientTls tls, Optional<ProxyVersion> proxyHeader) {
    this.tls = tls;
    this.proxyHeader = proxyHeader;
  }

  /**
   * Says whom to trust at endpoints over TLS, {@code tls://} and {@code wss://}.
   *
   * @param value {@link ClientTls#DEFAULT} by default
   * @return another front
   */
  public ClientFront tls(ClientTls value) {
    return value == tls ? this : new ClientFront(value, proxyHeader);
  }

  /**
   * Sends a PROXY header in front of everything else, with the connection's own addresses.
   *
   * @param version the header's form
   * @return another front
   */
  public ClientFront sendProxy(ProxyVersion version) {
    return new ClientFront(tls, Optional.of(version));
  }

  ClientTls tls() {
    return tls;
  }

  Optional<ProxyVersion> proxyHeader() {
    return proxyHeader;
  }
}
