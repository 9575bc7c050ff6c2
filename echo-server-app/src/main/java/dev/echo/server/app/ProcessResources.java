package dev.echo.server.app;

import dev.echo.endpoint.OpenFiles;
import dev.echo.endpoint.Transport;
import io.netty.util.internal.PlatformDependent;

/** Asks the system and Netty what this process has. */
final class ProcessResources {
  private ProcessResources() {}

  static ConnectionLimit.Resources now(Transport transport) {
    OpenFiles files = OpenFiles.now();
    // The JDK frees a closed descriptor at the next select, io_uring when its last operation is
    // done.
    int perConnection = transport == Transport.NIO || transport == Transport.IO_URING ? 2 : 1;
    return new ConnectionLimit.Resources(
        files.limit(), files.open(), perConnection, PlatformDependent.maxDirectMemory());
  }
}
