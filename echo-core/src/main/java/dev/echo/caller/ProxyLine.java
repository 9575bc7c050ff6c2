package dev.echo.caller;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The PROXY header of version 1, a line. */
final class ProxyLine {
  /** The longest one, two IPv6 addresses and CRLF (PROXY protocol, 2.1). */
  static final int MAX_BYTES = 107;

  private static final int WORDS = 6;
  private static final int MAX_PORT = 0xFFFF;

  private ProxyLine() {}

  /** Reads the line without its end; empty for UNKNOWN. */
  static Optional<InetSocketAddress> source(String line) {
    String[] words = line.split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return Optional.empty();
    }
    boolean isV4 = words[1].equals("TCP4");
    if (words.length != WORDS || !(isV4 || words[1].equals("TCP6"))) {
      throw new IllegalArgumentException("neither TCP4, TCP6 nor UNKNOWN with its addresses");
    }
    address(words[3], isV4);
    port(words[5]);
    return Optional.of(new InetSocketAddress(address(words[2], isV4), port(words[4])));
  }

  private static InetAddress address(String text, boolean isV4) {
    boolean isValid =
        isV4
            ? NetUtil.isValidIpV4Address(text)
            : NetUtil.isValidIpV6Address(text) && !text.startsWith("[") && text.indexOf('%') < 0;
    if (!isValid) {
      throw new IllegalArgumentException("an address that is not of its family");
    }
    return Caller.unmapped(
        Objects.requireNonNull(NetUtil.createInetAddressFromIpAddressString(text)));
  }

  private static int port(String text) {
    boolean isNumber = text.matches("0|[1-9]\\d{0,4}");
    if (!isNumber || Integer.parseInt(text) > MAX_PORT) {
      throw new IllegalArgumentException("a port that is no number up to " + MAX_PORT);
    }
    return Integer.parseInt(text);
  }

  /** Writes what follows the signature. */
  static void write(
      ByteBuf out, @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {
    String line =
        source == null || destination == null
            ? "UNKNOWN\r\n"
            : String.join(
                    " ",
                    ProxyHeader.isV4(source) ? "TCP4" : "TCP6",
                    text(source),
                    text(destination),
                    Integer.toString(source.getPort()),
                    Integer.toString(destination.getPort()))
                + "\r\n";
    out.writeCharSequence(line, StandardCharsets.US_ASCII);
  }

  /** Without the scope of a link-local address, which means nothing elsewhere. */
  private static String text(InetSocketAddress address) {
    return NetUtil.bytesToIpAddress(ProxyHeader.bytes(address));
  }
}
