package dev.echo.client.app;

import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.Messages;
import dev.echo.client.app.message.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/** Reads messages whole, each no longer than a datagram holds. */
final class DatagramMessages {
  private final int maxBytes;

  DatagramMessages(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Reads everything that can be read twice, so that nothing is sent if something is too long. */
  void check(SendConfig config) throws IOException {
    for (MessageSource source : config.plan().sources()) {
      if (source.isRepeatable()) {
        try (Messages messages = source.open(0)) {
          for (Message next = messages.next(); next != null; next = messages.next()) {
            whole(next);
          }
        }
      }
    }
  }

  /**
   * Reads a message.
   *
   * @throws IOException if it cannot be read, or is too long
   */
  byte[] whole(Message message) throws IOException {
    ByteBuf whole = Unpooled.buffer();
    try (Pieces pieces = message.open()) {
      for (ByteBuf piece = pieces.next(); piece != null; piece = pieces.next()) {
        whole.writeBytes(piece);
        piece.release();
        if (whole.readableBytes() > maxBytes) {
          throw new IOException(
              "a message is longer than a datagram holds (expected: at most "
                  + maxBytes
                  + " bytes; tcp:// takes any length)");
        }
      }
    }
    return ByteBufUtil.getBytes(whole);
  }
}
