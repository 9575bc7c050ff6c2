package dev.echo.limit;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;

/** The broadcast addresses of the networks that a machine is in, as they were at one moment. */
final class Broadcasts {
  /** The one that every network has. */
  static final Broadcasts LIMITED = new Broadcasts(Set.of());

  private static final InetAddress EVERYBODY = everybody();

  private final Set<InetAddress> directed;

  private Broadcasts(Set<InetAddress> directed) {
    this.directed = directed;
  }

  static Broadcasts ofThisMachine() {
    Set<InetAddress> directed = new HashSet<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
          if (address.getBroadcast() != null) {
            directed.add(address.getBroadcast());
          }
        }
      }
    } catch (SocketException e) {
      // What is known by then must do; the address of everybody is known anyway.
      return new Broadcasts(directed);
    }
    return new Broadcasts(directed);
  }

  boolean contains(InetAddress address) {
    return address.equals(EVERYBODY) || directed.contains(address);
  }

  private static InetAddress everybody() {
    try {
      return InetAddress.getByAddress(new byte[] {-1, -1, -1, -1});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
