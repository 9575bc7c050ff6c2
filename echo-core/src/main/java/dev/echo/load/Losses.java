package dev.echo.load;

import dev.echo.text.EscapedText;
import org.jspecify.annotations.Nullable;

/** What is said of a connection that ended too early. */
final class Losses {
  private static final int SHOWN_CHARACTERS = 200;

  private Losses() {}

  static String sentence(long outstanding, @Nullable Throwable cause) {
    String how =
        cause == null
            ? "closed by the server"
            : "lost: " + EscapedText.of(String.valueOf(cause.getMessage()), SHOWN_CHARACTERS);
    return outstanding == 0
        ? how + ", with nothing under way"
        : how
            + ", with "
            + outstanding
            + (outstanding == 1 ? " message" : " messages")
            + " under way";
  }
}
