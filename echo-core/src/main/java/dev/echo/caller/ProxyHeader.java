package dev.echo.caller;

import io.netty.buffer.ByteBuf;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says in front of everything else: for whom it speaks (the PROXY protocol, by
 * HAProxy). Both forms begin with a fixed signature.
 *
 * <pre>
 *   v1   PROXY TCP4 192.0.2.1 198.51.100.2 52400 7\r\n          at most 107 bytes
 *        PROXY TCP6 2001:db8::1 2001:db8::2 52400 7\r\n
 *        PROXY UNKNOWN anything\r\n
 *
 *   v2   0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A
 *        +---------+--------+---------+--------------------------+----------+
 *        | 20 or 21| family | u16     | source, destination,     | TLVs     |
 *        |         |        | length  | their ports (u16 each)   |          |
 *        +---------+--------+---------+--------------------------+----------+
 *          LOCAL, PROXY       of all that follows; 4 + 4 or 16 + 16 bytes of addresses
 * </pre>
 *
 * @param source for whom; empty if the proxy speaks for itself, or does not know an IP address
 */
record ProxyHeader(Optional<InetSocketAddress> source) {
  /** The longest header that is read; TLVs of real proxies take a few hundred bytes. */
  static final int MAX_BYTES = 4096;

  private static final byte[] V1_SIGNATURE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] V2_SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int V2_FIXED_BYTES = 16;
  private static final int LENGTH_INDEX = 14;

  /** What the first bytes of a connection are. */
  enum Beginning {
    /** No header: a byte differs. */
    NONE,
    /** A header's so far, by less than its signature. */
    PART,
    /** A header of version 1: its signature is whole. */
    V1,
    /** A header of version 2: its signature is whole. */
    V2
  }

  /** Says what the readable bytes begin with. */
  static Beginning beginning(ByteBuf in) {
    int v1 = matching(in, V1_SIGNATURE);
    int v2 = matching(in, V2_SIGNATURE);
    if (v1 == V1_SIGNATURE.length) {
      return Beginning.V1;
    }
    if (v2 == V2_SIGNATURE.length) {
      return Beginning.V2;
    }
    return Math.max(v1, v2) == in.readableBytes() ? Beginning.PART : Beginning.NONE;
  }

  private static int matching(ByteBuf in, byte[] signature) {
    int limit = Math.min(signature.length, in.readableBytes());
    for (int i = 0; i < limit; i++) {
      if (in.getByte(in.readerIndex() + i) != signature[i]) {
        return i;
      }
    }
    return limit;
  }

  /**
   * Takes a header out of a buffer.
   *
   * @param in begins with a whole signature; its reader index moves only behind a whole header
   * @return null if the header is not whole yet
   * @throws IllegalArgumentException if it is malformed or too long
   */
  static @Nullable ProxyHeader read(ByteBuf in) {
    return beginning(in) == Beginning.V1 ? readLine(in) : readBinary(in);
  }

  private static @Nullable ProxyHeader readLine(ByteBuf in) {
    int most = Math.min(in.readableBytes(), ProxyLine.MAX_BYTES);
    int end = in.indexOf(in.readerIndex(), in.readerIndex() + most, (byte) '\n');
    if (end < 0) {
      if (most == ProxyLine.MAX_BYTES) {
        throw new IllegalArgumentException("no end within " + ProxyLine.MAX_BYTES + " bytes");
      }
      return null;
    }
    String line = in.toString(in.readerIndex(), end - in.readerIndex(), StandardCharsets.US_ASCII);
    if (!line.endsWith("\r")) {
      throw new IllegalArgumentException("a line that ends without CR");
    }
    ProxyHeader header = new ProxyHeader(ProxyLine.source(line.substring(0, line.length() - 1)));
    in.readerIndex(end + 1);
    return header;
  }

  private static @Nullable ProxyHeader readBinary(ByteBuf in) {
    if (in.readableBytes() < V2_FIXED_BYTES) {
      return null;
    }
    int length = V2_FIXED_BYTES + in.getUnsignedShort(in.readerIndex() + LENGTH_INDEX);
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(length + " bytes (allowed: " + MAX_BYTES + ")");
    }
    if (in.readableBytes() < length) {
      return null;
    }
    ByteBuf header = in.slice(in.readerIndex(), length);
    ProxyHeader read = new ProxyHeader(ProxyBinary.source(header, V2_SIGNATURE.length));
    in.skipBytes(length);
    return read;
  }

  /** Writes a header; addresses that are not both IPv4 or both IPv6 go out as unknown. */
  static void write(
      ByteBuf out,
      ProxyVersion version,
      @Nullable InetSocketAddress source,
      @Nullable InetSocketAddress destination) {
    boolean known =
        source != null
            && destination != null
            && source.getAddress() != null
            && destination.getAddress() != null
            && isV4(source) == isV4(destination);
    InetSocketAddress from = known ? source : null;
    switch (version) {
      case V1 -> ProxyLine.write(out.writeBytes(V1_SIGNATURE), from, destination);
      case V2 -> ProxyBinary.write(out.writeBytes(V2_SIGNATURE), from, destination);
    }
  }

  static boolean isV4(InetSocketAddress address) {
    return Caller.unmapped(address.getAddress()) instanceof Inet4Address;
  }

  static byte[] bytes(InetSocketAddress address) {
    InetAddress ip = Caller.unmapped(address.getAddress());
    return ip.getAddress();
  }
}
