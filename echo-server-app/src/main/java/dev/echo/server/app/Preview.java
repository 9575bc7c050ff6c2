package dev.echo.server.app;

import io.netty.buffer.ByteBuf;

/** Says in lines for a person what one connection sends. It belongs to that one's event loop. */
interface Preview {
  /** Takes what was read next; it is borrowed, and its indices stay where they are. */
  void read(ByteBuf content);

  /** Shows what the end of the connection has cut off. */
  void end();
}
