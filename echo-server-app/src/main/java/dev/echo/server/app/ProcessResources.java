package dev.echo.server.app;

import com.sun.management.UnixOperatingSystemMXBean;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;

/** Asks the system and Netty what this process has. */
final class ProcessResources {
  private ProcessResources() {}

  static ConnectionLimit.Resources now() {
    long descriptors = Long.MAX_VALUE;
    long inUse = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      // Without a limit the system's number is negative or huge.
      long max = system.getMaxFileDescriptorCount();
      descriptors = max < 0 ? Long.MAX_VALUE : max;
      inUse = Math.max(0, system.getOpenFileDescriptorCount());
    }
    return new ConnectionLimit.Resources(descriptors, inUse, PlatformDependent.maxDirectMemory());
  }
}
