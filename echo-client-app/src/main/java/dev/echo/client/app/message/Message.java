package dev.echo.client.app.message;

import dev.echo.frame.FrameType;
import java.io.IOException;

/** One message that is to be sent. */
public interface Message {
  /**
   * What it carries.
   *
   * @return {@link FrameType#TEXT} if its bytes are known to be UTF-8, else {@link
   *     FrameType#BINARY}
   */
  FrameType type();

  /**
   * Opens it for the one time that it is read.
   *
   * @return its pieces, none for an empty message; the caller closes them
   * @throws IOException if what it comes from cannot be opened; the message names it
   */
  Pieces open() throws IOException;
}
