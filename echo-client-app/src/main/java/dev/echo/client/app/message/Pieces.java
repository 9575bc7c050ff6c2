package dev.echo.client.app.message;

import io.netty.buffer.ByteBuf;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The bytes of one message, a piece at a time. For one thread. */
public interface Pieces extends Closeable {
  /** The most bytes of a piece. */
  int MAX_BYTES = 64 * 1024;

  /**
   * Reads or makes the next piece; may wait for it, as for a line that is being typed.
   *
   * @return 1 to {@value #MAX_BYTES} bytes that the caller owns; null at the end of the message
   * @throws IOException if what the message comes from cannot be read; the message names it
   */
  @Nullable ByteBuf next() throws IOException;
}
