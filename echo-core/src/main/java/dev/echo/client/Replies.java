package dev.echo.client;

import io.netty.buffer.ByteBuf;

/** Lends what came back to a listener, whose moves of the indices change nothing here. */
final class Replies {
  private Replies() {}

  static void show(ByteBuf content, ReplyListener listener) {
    if (listener != ReplyListener.NONE) {
      listener.content(content.duplicate());
    }
  }
}
