package dev.echo.client.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard error: whole lines, and on a terminal one status line below them that is redrawn in
 * place. For any thread. A standard error that nobody reads any more is no reason to stop.
 */
final class Screen {
  private static final String ERASE = "\r\033[K";

  /** DECAWM: a status line that is too long is cut off, since only its last row could be erased. */
  private static final String NO_WRAP = "\033[?7l";

  private static final String WRAP = "\033[?7h";

  private final OutputStream err;
  private final Destination destination;
  private boolean statusShown;

  Screen(OutputStream err, Destination destination) {
    this.err = err;
    this.destination = destination;
  }

  /** Says whether {@link #status} shows anything. */
  boolean canRedraw() {
    return destination == Destination.TERMINAL;
  }

  synchronized void line(String text) {
    write((statusShown ? ERASE : "") + text + System.lineSeparator());
    statusShown = false;
  }

  synchronized void status(String text) {
    if (canRedraw()) {
      write(ERASE + NO_WRAP + text + WRAP);
      statusShown = true;
    }
  }

  synchronized void erase() {
    if (statusShown) {
      write(ERASE);
      statusShown = false;
    }
  }

  private void write(String text) {
    try {
      err.write(text.getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException e) {
      statusShown = false;
    }
  }
}
