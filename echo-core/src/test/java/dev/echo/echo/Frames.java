package dev.echo.echo;

import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;

/** The wire, written by hand, and a channel's outbound bytes. */
final class Frames {
  static final Bytes PREFACE = new Bytes("fe4543484f0d0a01");
  static final Bytes ANSWER = new Bytes("fe4543484f0d0a81");

  private Frames() {}

  static Bytes header(long length, int type, int flags) {
    return new Bytes(String.format("%08x%02x%02x0000", length, type, flags));
  }

  static Bytes text(String hex) {
    Bytes payload = new Bytes(hex);
    return header(payload.size(), 1, 0).then(payload);
  }

  static Bytes stamped(long sequence, String payloadHex) {
    Bytes payload = new Bytes(payloadHex);
    return header(32 + payload.size(), 0, 2)
        .then(new Bytes(String.format("%016x", sequence) + "0".repeat(48)))
        .then(payload);
  }

  static ByteBuf buffer(Bytes bytes) {
    return ByteBufAllocator.DEFAULT.buffer().writeBytes(bytes.toArray());
  }

  static void send(EmbeddedChannel channel, Bytes bytes) {
    channel.writeInbound(buffer(bytes));
  }

  static Bytes echoed(EmbeddedChannel channel) {
    Bytes all = Bytes.NONE;
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      all = all.then(Bytes.of(out));
      out.release();
    }
    return all;
  }
}
