package dev.echo.client.app;

import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.MessageSource;
import dev.echo.client.app.message.Messages;
import dev.echo.client.app.message.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;

/** Gathers messages whole, each no longer than a datagram holds. */
final class DatagramMessages {
  private final int maxBytes;
  private final ByteBuf whole = Unpooled.buffer();

  DatagramMessages(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Reads everything that can be read twice, so that nothing is sent if something is too long. */
  void check(SendConfig config) throws IOException {
    for (MessageSource source : config.plan().sources()) {
      if (source.isRepeatable()) {
        try (Messages messages = source.open(0)) {
          for (Message next = messages.next(); next != null; next = messages.next()) {
            check(next);
          }
        }
      }
    }
  }

  private void check(Message message) throws IOException {
    try (Pieces pieces = message.open()) {
      for (ByteBuf piece = pieces.next(); piece != null; piece = pieces.next()) {
        add(piece);
      }
    }
    whole.clear();
  }

  /**
   * Adds a piece, which is released.
   *
   * @throws IOException if the message is too long
   */
  void add(ByteBuf piece) throws IOException {
    whole.writeBytes(piece);
    piece.release();
    if (whole.readableBytes() > maxBytes) {
      throw new IOException(
          "a message is longer than a datagram holds (expected: at most "
              + maxBytes
              + " bytes; tcp:// takes any length)");
    }
  }

  /** Takes the message whose last piece was added. */
  byte[] take() {
    byte[] bytes = ByteBufUtil.getBytes(whole);
    whole.clear();
    return bytes;
  }
}
