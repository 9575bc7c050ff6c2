package dev.echo.load;

import dev.echo.duplex.ConnectionEnd;
import dev.echo.payload.WrongEcho;
import dev.echo.text.EscapedText;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Verdict;
import dev.echo.websocket.WebSocketException;
import dev.echo.websocket.WebSocketException.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is said of a connection that ended too early. */
final class Losses {
  private static final int SHOWN_CHARACTERS = 200;

  private Losses() {}

  /** A peer that breaks the rules of its protocol is wrong, whatever else is missing. */
  static ExitStatus status(@Nullable Throwable cause) {
    return cause instanceof WebSocketException broken && broken.kind() == Kind.VIOLATION
        ? ExitStatus.WRONG
        : ExitStatus.INCOMPLETE;
  }

  /** The message that such a peer owes next. */
  static WrongEcho wrong(int connection, long sequence, Throwable cause) {
    String what = EscapedText.of(String.valueOf(cause.getMessage()), SHOWN_CHARACTERS);
    return new WrongEcho(connection, sequence, Verdict.FRAMING_LOST, 0, 0, what);
  }

  static String sentence(long outstanding, ConnectionEnd end) {
    return end.sentence()
        + (outstanding == 0
            ? "; nothing under way"
            : String.format(Locale.ROOT, "; %,d ", outstanding)
                + (outstanding == 1 ? "message" : "messages")
                + " under way");
  }
}
