package dev.echo.pipeline;

import dev.echo.caller.ProxyVersion;
import java.util.Optional;

/**
 * What a client needs to get to an endpoint, besides what the endpoint says by itself. Immutable;
 * each method returns another one.
 */
public final class ClientFront {
  /** Nothing. */
  public static final ClientFront NONE = new ClientFront(Optional.empty());

  private final Optional<ProxyVersion> proxyHeader;

  private ClientFront(Optional<ProxyVersion> proxyHeader) {
    this.proxyHeader = proxyHeader;
  }

  /**
   * Sends a PROXY header in front of everything else, with the connection's own addresses.
   *
   * @param version the header's form
   * @return another front
   */
  public ClientFront sendProxy(ProxyVersion version) {
    return new ClientFront(Optional.of(version));
  }

  Optional<ProxyVersion> proxyHeader() {
    return proxyHeader;
  }
}
