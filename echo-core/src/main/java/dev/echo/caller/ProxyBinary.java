package dev.echo.caller;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The PROXY header of version 2, binary. */
final class ProxyBinary {
  private static final int LOCAL = 0x20;
  private static final int PROXY = 0x21;
  private static final int UNSPECIFIED = 0x00;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;
  private static final int UNIX = 3;
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int UNIX_PATH_BYTES = 108;
  private static final int TLV_HEAD_BYTES = 3;
  private static final int CRC32C_TYPE = 0x03;

  private ProxyBinary() {}

  /** Reads a whole header, whose signature is skipped; empty if it names no IP address. */
  static Optional<InetSocketAddress> source(ByteBuf header, int signatureBytes) {
    header.skipBytes(signatureBytes);
    int command = header.readUnsignedByte();
    int family = header.readUnsignedByte();
    header.skipBytes(Short.BYTES);
    if (command != LOCAL && command != PROXY) {
      throw new IllegalArgumentException("version and command 0x" + Integer.toHexString(command));
    }
    if (command == LOCAL) {
      return Optional.empty();
    }
    Optional<InetSocketAddress> source = addresses(header, family);
    checkTlvs(header);
    return source;
  }

  private static Optional<InetSocketAddress> addresses(ByteBuf header, int family) {
    int protocol = family & 0x0F;
    if (family != UNSPECIFIED && protocol != 1 && protocol != 2) {
      throw new IllegalArgumentException("family 0x" + Integer.toHexString(family));
    }
    return switch (family >> 4) {
      case 0 -> {
        header.skipBytes(header.readableBytes());
        yield Optional.empty();
      }
      case 1 -> Optional.of(address(header, V4_BYTES));
      case 2 -> Optional.of(address(header, V6_BYTES));
      case UNIX -> {
        need(header, 2 * UNIX_PATH_BYTES);
        header.skipBytes(2 * UNIX_PATH_BYTES);
        yield Optional.empty();
      }
      default -> throw new IllegalArgumentException("family 0x" + Integer.toHexString(family));
    };
  }

  private static InetSocketAddress address(ByteBuf header, int bytes) {
    need(header, 2 * bytes + 2 * Short.BYTES);
    byte[] source = new byte[bytes];
    header.readBytes(source).skipBytes(bytes);
    int port = header.readUnsignedShort();
    header.skipBytes(Short.BYTES);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(source), port);
    } catch (UnknownHostException e) {
      throw new AssertionError(bytes + " bytes are an address", e);
    }
  }

  private static void need(ByteBuf header, int bytes) {
    if (header.readableBytes() < bytes) {
      throw new IllegalArgumentException("shorter than its addresses");
    }
  }

  /** Their content means nothing here, but for the checksum, which must hold if it is there. */
  private static void checkTlvs(ByteBuf header) {
    while (header.isReadable()) {
      if (header.readableBytes() < TLV_HEAD_BYTES) {
        throw new IllegalArgumentException("a TLV that is cut off");
      }
      int type = header.readUnsignedByte();
      int length = header.readUnsignedShort();
      if (header.readableBytes() < length) {
        throw new IllegalArgumentException("a TLV that is longer than the header");
      }
      if (type == CRC32C_TYPE) {
        checkSum(header, length);
      }
      header.skipBytes(length);
    }
  }

  private static void checkSum(ByteBuf header, int length) {
    if (length != Integer.BYTES) {
      throw new IllegalArgumentException("a checksum of " + length + " bytes");
    }
    int at = header.readerIndex();
    byte[] all = new byte[header.writerIndex()];
    header.getBytes(0, all);
    for (int i = 0; i < Integer.BYTES; i++) {
      all[at + i] = 0;
    }
    CRC32C sum = new CRC32C();
    sum.update(all);
    if ((int) sum.getValue() != header.getInt(at)) {
      throw new IllegalArgumentException("a checksum that is wrong");
    }
  }

  /** Writes what follows the signature. */
  static void write(
      ByteBuf out, @Nullable InetSocketAddress source, @Nullable InetSocketAddress destination) {
    out.writeByte(PROXY);
    if (source == null || destination == null) {
      out.writeByte(UNSPECIFIED).writeShort(0);
      return;
    }
    byte[] from = ProxyHeader.bytes(source);
    out.writeByte(from.length == V4_BYTES ? TCP4 : TCP6);
    out.writeShort(2 * from.length + 2 * Short.BYTES);
    out.writeBytes(from).writeBytes(ProxyHeader.bytes(destination));
    out.writeShort(source.getPort()).writeShort(destination.getPort());
  }
}
