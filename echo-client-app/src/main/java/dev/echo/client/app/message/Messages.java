package dev.echo.client.app.message;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The messages of one source, one after another. For one thread. */
public interface Messages extends Closeable {
  /**
   * Finds the next message; may wait for it.
   *
   * @return a message, which must be read to its end before the next is asked for; null if there
   *     are no more
   * @throws IOException if what the messages come from cannot be read; the message names it
   */
  @Nullable Message next() throws IOException;

  /**
   * One message and no more.
   *
   * @param message the message
   * @return it
   */
  static Messages of(Message message) {
    return new Messages() {
      private @Nullable Message rest = message;

      @Override
      public @Nullable Message next() {
        Message next = rest;
        rest = null;
        return next;
      }

      @Override
      public void close() {
        rest = null;
      }
    };
  }
}
