package dev.echo.server;

import dev.echo.endpoint.Endpoint;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Where a server listens.
 *
 * @param endpoint with the address and the port that the system chose
 * @param channel of the listener
 * @param file of a Unix domain socket, else null
 */
record BoundListener(Endpoint endpoint, Channel channel, @Nullable UnixSocketFile file) {
  /** Takes the name away, so that nobody who comes now waits for nothing. */
  void unpublish() {
    if (file != null) {
      file.remove();
    }
  }
}
