package dev.echo.limit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ports on which one server listens, over whatever protocol and at whatever address: a datagram
 * from such a port may be another echo server's. Thread-safe.
 */
public final class OwnPorts {
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  /** Starts with none. */
  public OwnPorts() {}

  /**
   * Adds the port of a listener.
   *
   * @param port as it was bound
   */
  public void add(int port) {
    ports.add(port);
  }

  boolean contains(int port) {
    return ports.contains(port);
  }
}
