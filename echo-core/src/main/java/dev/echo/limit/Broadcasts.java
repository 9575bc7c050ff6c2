package dev.echo.limit;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** The broadcast addresses of the networks that a machine is in, as they were at one moment. */
final class Broadcasts {
  private static final InetAddress EVERYBODY = of(-1);

  private final Set<InetAddress> directed;

  private Broadcasts(Set<InetAddress> directed) {
    this.directed = directed;
  }

  static Broadcasts ofThisMachine() {
    Set<InetAddress> directed = new HashSet<>();
    try {
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        for (InterfaceAddress address : each.getInterfaceAddresses()) {
          if (address.getAddress() instanceof Inet4Address) {
            directed.add(last(address));
          }
        }
      }
    } catch (SocketException e) {
      // What is known by then must do; the address of everybody is known anyway.
      return new Broadcasts(directed);
    }
    return new Broadcasts(directed);
  }

  /** The last address of a network, which the system does not tell of a loopback's. */
  private static InetAddress last(InterfaceAddress address) {
    int hostBits = Integer.SIZE - address.getNetworkPrefixLength();
    if (hostBits < 2) {
      // Two addresses or one: nobody is left for a broadcast.
      return EVERYBODY;
    }
    int own = ByteBuffer.wrap(address.getAddress().getAddress()).getInt();
    return of(own | (int) ((1L << hostBits) - 1));
  }

  boolean contains(InetAddress address) {
    return address.equals(EVERYBODY) || directed.contains(address);
  }

  private static InetAddress of(int address) {
    try {
      return InetAddress.getByAddress(ByteBuffer.allocate(Integer.BYTES).putInt(address).array());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
