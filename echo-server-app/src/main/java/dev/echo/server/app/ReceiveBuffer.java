package dev.echo.server.app;

import dev.echo.limit.Limits;
import dev.echo.text.Sizes;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;

/** Finds out whether the system gives the receive buffer that is asked for: it caps it silently. */
final class ReceiveBuffer {
  private ReceiveBuffer() {}

  /**
   * Asks the system on a socket of its own, since transports count differently: to what is set
   * Linux adds as much for its bookkeeping, which the JDK takes out again and the others do not.
   *
   * @param asked in bytes, or {@link Limits#SYSTEM_RECEIVE_BUFFER}
   * @return a line for a person if it gives less
   */
  static Optional<String> shortage(int asked) {
    if (asked == Limits.SYSTEM_RECEIVE_BUFFER) {
      return Optional.empty();
    }
    try (ServerSocketChannel socket = ServerSocketChannel.open()) {
      socket.setOption(StandardSocketOptions.SO_RCVBUF, asked);
      return shortage(asked, socket.getOption(StandardSocketOptions.SO_RCVBUF));
    } catch (IOException | UnsupportedOperationException e) {
      // Not known; the listener's own attempt says what is wrong.
      return Optional.empty();
    }
  }

  static Optional<String> shortage(int asked, int given) {
    return given >= asked
        ? Optional.empty()
        : Optional.of(
            "receive buffer: "
                + Sizes.formatLimit(given)
                + " instead of "
                + Sizes.formatLimit(asked)
                + " (the system gives no more; on Linux raise net.core.rmem_max)");
  }
}
