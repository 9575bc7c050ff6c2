package dev.echo.client;

import io.netty.buffer.ByteBuf;

/** Sees what came back, as it was received. */
@FunctionalInterface
public interface ReplyListener {
  /** Looks at nothing. */
  ReplyListener NONE = content -> {};

  /**
   * Takes the next bytes of payload that came back, wrong ones too: it is called before they are
   * verified. Headers, stamps and ERROR frames are not payload. Called on the event loop, so it
   * must not block; what it throws ends the connection.
   *
   * @param content borrowed: valid until this method returns, and not to be released
   */
  void content(ByteBuf content);
}
