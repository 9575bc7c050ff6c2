package dev.echo.server.app;

import dev.echo.endpoint.UnixEndpoint;
import dev.echo.server.ListenException;
import dev.echo.text.EscapedText;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one line why a listener could not be started, whatever transport says it how. */
final class ListenFailure {
  private static final int SHOWN_CHARACTERS = 200;

  private ListenFailure() {}

  static String words(ListenException failure) {
    Throwable cause = failure.getCause();
    String reason =
        failure.endpoint() instanceof UnixEndpoint && cause != null
            ? EscapedText.of(String.valueOf(cause.getMessage()), SHOWN_CHARACTERS)
            : reason(cause);
    return "cannot listen on " + failure.endpoint() + ": " + reason;
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof UnknownHostException) {
      return "unknown host";
    }
    String message = String.valueOf(cause == null ? null : cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("address already in use")) {
      return "address already in use (end the program that listens there, or choose another port;"
          + " port 0 takes a free one)";
    }
    if (lower.contains("permission denied")) {
      return "permission denied (ports below 1024 are for privileged users; choose a higher one)";
    }
    if (lower.contains("assign requested address") || lower.contains("address not available")) {
      return "not an address of this machine (0.0.0.0 listens on all of them)";
    }
    return EscapedText.of(message, SHOWN_CHARACTERS);
  }
}
