package dev.echo.limit;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the kernel holds of TCP connections at one moment, as Linux lists it (proc(5), {@code
 * /proc/net/tcp}). A writer is woken only when a third of its send buffer is free, so for a peer
 * that reads slowly this is the only sign that it reads. Immutable.
 */
final class SocketQueues {
  /** Where there is no such list, or it cannot be read. */
  static final SocketQueues UNKNOWN = new SocketQueues(Map.of());

  private static final List<Path> LISTS =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));

  /** How an IPv4 address begins that is written as one of IPv6, the last word as the kernel's. */
  private static final String MAPPED = "0000000000000000" + hex(new byte[] {0, 0, -1, -1});

  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int QUEUES = 4;

  private final Map<String, Queues> queues;

  /** Bytes that the peer has not acknowledged, and bytes that the process has not read. */
  private record Queues(long output, long input) {}

  private SocketQueues(Map<String, Queues> queues) {
    this.queues = queues;
  }

  /** Reads the lists: some microseconds for each connection of the machine. */
  static SocketQueues now() {
    return of(LISTS);
  }

  static SocketQueues of(List<Path> lists) {
    Map<String, Queues> found = new HashMap<>();
    for (Path list : lists) {
      try (BufferedReader lines = Files.newBufferedReader(list, StandardCharsets.ISO_8859_1)) {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          add(found, line.strip().split(" +", QUEUES + 2));
        }
      } catch (IOException | RuntimeException e) {
        // Not as Linux writes it.
      }
    }
    return found.isEmpty() ? UNKNOWN : new SocketQueues(found);
  }

  private static void add(Map<String, Queues> found, String[] words) {
    String[] sizes = words[QUEUES].split(":", 2);
    found.put(
        unmapped(words[LOCAL]) + ' ' + unmapped(words[REMOTE]),
        new Queues(Long.parseLong(sizes[0], 16), Long.parseLong(sizes[1], 16)));
  }

  /**
   * What a peer has not read of what was written to it: what it has not acknowledged, and, if it is
   * on this machine, what it has acknowledged and left in its own buffer.
   *
   * @param local this end's address
   * @param remote the peer's
   * @return bytes; -1 if it is unknown, as of all that is not TCP
   */
  long unread(SocketAddress local, SocketAddress remote) {
    if (!(local instanceof InetSocketAddress here)
        || !(remote instanceof InetSocketAddress there)) {
      return -1;
    }
    String from = words(here);
    String to = words(there);
    Queues own = queues.get(from + ' ' + to);
    if (own == null) {
      return -1;
    }
    Queues peer = queues.get(to + ' ' + from);
    return own.output() + (peer == null ? 0 : peer.input());
  }

  private static String unmapped(String address) {
    return address.startsWith(MAPPED) ? address.substring(MAPPED.length()) : address;
  }

  private static String words(InetSocketAddress address) {
    InetAddress ip = address.getAddress();
    byte[] bytes = ip.getAddress();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < bytes.length; i += Integer.BYTES) {
      text.append(hex(new byte[] {bytes[i], bytes[i + 1], bytes[i + 2], bytes[i + 3]}));
    }
    String port = String.format(Locale.ROOT, ":%04X", address.getPort());
    return ip instanceof Inet4Address ? text + port : unmapped(text + port);
  }

  /** The kernel prints each 32 bits as a number of this machine. */
  private static String hex(byte[] word) {
    int number = ByteBuffer.wrap(word).order(ByteOrder.nativeOrder()).getInt();
    return String.format(Locale.ROOT, "%08X", number);
  }
}
