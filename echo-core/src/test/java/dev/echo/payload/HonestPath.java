package dev.echo.payload;

import dev.echo.client.Peer;
import dev.echo.frame.FrameHeader;
import dev.echo.frame.Stamp;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Returns messages as they were sent; an aware peer fills in the stamps.
 *
 * @param script what is sent
 * @param peer at the far end
 */
record HonestPath(Script script, Peer peer) {
  static final long RESIDENCE_NANOS = 1_234;

  void write(ByteBuf out, int connection, long sequence) {
    int start = out.writerIndex();
    script.write(out, connection, sequence);
    if (script.isStamped() && peer == Peer.AWARE) {
      long received = 1_800_000_000_000_000_000L + sequence;
      Stamp.fillReceived(out, start + FrameHeader.BYTES, received, sequence + 1);
      Stamp.fillSent(out, start + FrameHeader.BYTES, received + RESIDENCE_NANOS);
    }
  }

  ByteBuf message(int connection, long sequence) {
    ByteBuf out = Unpooled.buffer(script.bytes(connection, sequence));
    write(out, connection, sequence);
    return out;
  }
}
