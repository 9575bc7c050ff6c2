package dev.echo.server.app;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.echo.endpoint.Transport;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;

/** Asks the system and Netty what this process has. */
final class ProcessResources {
  private ProcessResources() {}

  static ConnectionLimit.Resources now(Transport transport) {
    long descriptors = Long.MAX_VALUE;
    long inUse = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      // Without a limit the system's number is negative or huge.
      long max = system.getMaxFileDescriptorCount();
      descriptors = max < 0 ? Long.MAX_VALUE : max;
      inUse = Math.max(0, system.getOpenFileDescriptorCount());
    }
    // The JDK frees a closed descriptor at the next select, io_uring when its last operation is
    // done.
    int perConnection = transport == Transport.NIO || transport == Transport.IO_URING ? 2 : 1;
    return new ConnectionLimit.Resources(
        descriptors, inUse, perConnection, PlatformDependent.maxDirectMemory());
  }
}
