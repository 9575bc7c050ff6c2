package dev.echo.pipeline;

import dev.echo.caller.ProxyPolicy;
import dev.echo.endpoint.UnixPermissions;
import dev.echo.limit.AccessList;
import dev.echo.limit.DatagramLimits;
import dev.echo.tls.ServerTls;
import dev.echo.websocket.AllowedOrigins;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a listener's sockets and the echo, besides what its endpoint says by itself.
 * Immutable; each method returns another one.
 */
public final class ServerFront {
  /** Nothing. */
  public static final ServerFront NONE =
      new ServerFront(
          UnixPermissions.SYSTEM,
          AccessList.ALL,
          ProxyPolicy.OFF,
          null,
          AllowedOrigins.SAME,
          DatagramLimits.DEFAULT);

  private final UnixPermissions unix;
  private final AccessList access;
  private final ProxyPolicy proxy;
  private final @Nullable ServerTls tls;
  private final AllowedOrigins origins;
  private final DatagramLimits datagrams;

  private ServerFront(
      UnixPermissions unix,
      AccessList access,
      ProxyPolicy proxy,
      @Nullable ServerTls tls,
      AllowedOrigins origins,
      DatagramLimits datagrams) {
    this.unix = unix;
    this.access = access;
    this.proxy = proxy;
    this.tls = tls;
    this.origins = origins;
    this.datagrams = datagrams;
  }

  /**
   * Sets who may connect to the listeners on Unix domain sockets.
   *
   * @param permissions of their files; {@link UnixPermissions#SYSTEM} by default
   * @return another front
   */
  public ServerFront unix(UnixPermissions permissions) {
    return new ServerFront(permissions, access, proxy, tls, origins, datagrams);
  }

  /**
   * Who may connect to the listeners on Unix domain sockets.
   *
   * @return permissions of their files
   */
  public UnixPermissions unix() {
    return unix;
  }

  /**
   * Sets who may use the server, by IP address.
   *
   * @param list {@link AccessList#ALL} by default
   * @return another front
   */
  public ServerFront access(AccessList list) {
    return new ServerFront(unix, list, proxy, tls, origins, datagrams);
  }

  /**
   * Who may use the server, by IP address.
   *
   * @return the list
   */
  public AccessList access() {
    return access;
  }

  /**
   * Sets what is done with PROXY headers.
   *
   * @param policy {@link ProxyPolicy#OFF} by default
   * @return another front
   */
  public ServerFront proxy(ProxyPolicy policy) {
    return new ServerFront(unix, access, policy, tls, origins, datagrams);
  }

  /**
   * What is done with PROXY headers.
   *
   * @return the policy
   */
  public ProxyPolicy proxy() {
    return proxy;
  }

  /**
   * Serves endpoints over TLS, {@code tls://} and {@code wss://}; the others stay as they are.
   *
   * @param value the server's certificate, and whom it asks for one
   * @return another front
   */
  public ServerFront tls(ServerTls value) {
    return new ServerFront(unix, access, proxy, value, origins, datagrams);
  }

  /**
   * The SHA-256 of the certificate that is served now.
   *
   * @return as a client's pin takes it; empty without TLS
   */
  public Optional<String> fingerprint() {
    return Optional.ofNullable(tls).map(ServerTls::fingerprint);
  }

  @Nullable ServerTls tls() {
    return tls;
  }

  /**
   * Sets which pages may open a WebSocket.
   *
   * @param allowed {@link AllowedOrigins#SAME} by default
   * @return another front
   */
  public ServerFront origins(AllowedOrigins allowed) {
    return new ServerFront(unix, access, proxy, tls, allowed, datagrams);
  }

  AllowedOrigins origins() {
    return origins;
  }

  /**
   * Sets what UDP listeners allow.
   *
   * @param limits {@link DatagramLimits#DEFAULT} by default
   * @return another front
   */
  public ServerFront datagrams(DatagramLimits limits) {
    return new ServerFront(unix, access, proxy, tls, origins, limits);
  }

  DatagramLimits datagrams() {
    return datagrams;
  }
}
