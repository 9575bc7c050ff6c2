package dev.echo.limit;

import dev.echo.caller.Networks;
import java.net.InetAddress;
import java.util.Optional;

/**
 * Who may use a server, by IP address. Immutable.
 *
 * @param allow if there is one network or more, nobody outside of them may
 * @param deny nobody inside of them may, whatever is allowed
 */
public record AccessList(Networks allow, Networks deny) {
  /** Everybody may. */
  public static final AccessList ALL = new AccessList(Networks.NONE, Networks.NONE);

  /**
   * Says whether an address may use the server.
   *
   * @param address IPv4, IPv6, or IPv4 mapped into IPv6, which is taken for IPv4
   * @return false if it is denied, or others are allowed
   */
  public boolean allows(InetAddress address) {
    return !deny.contain(address) && (allow.isEmpty() || allow.contain(address));
  }

  /** A peer without an IP address came over a Unix socket, whose mode says who may. */
  boolean allows(Optional<InetAddress> address) {
    return address.isEmpty() || allows(address.get());
  }
}
