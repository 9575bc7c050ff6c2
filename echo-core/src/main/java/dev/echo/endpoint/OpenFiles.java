package dev.echo.endpoint;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How many files and sockets this process may open, and has open. Linux says so in two files, which
 * is quicker by far than to ask the JDK, whose answer brings all of its management along.
 *
 * @param limit the most that may be open; {@link Long#MAX_VALUE} for no limit, or if it is unknown
 * @param open how many are open; 0 if it is unknown
 */
public record OpenFiles(long limit, long open) {
  private static final OpenFiles UNKNOWN = new OpenFiles(Long.MAX_VALUE, 0);
  private static final String LIMIT = "Max open files";

  /**
   * Asks the system.
   *
   * @return what it says
   */
  public static OpenFiles now() {
    OpenFiles said = ofLinux(Path.of("/proc/self/limits"), new File("/proc/self/fd"));
    return said == null ? ofJdk() : said;
  }

  static @Nullable OpenFiles ofLinux(Path limits, File descriptors) {
    String[] names = descriptors.list();
    if (names == null) {
      return null;
    }
    try (BufferedReader reader = Files.newBufferedReader(limits, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(LIMIT)) {
          String rest = line.substring(LIMIT.length()).strip();
          String soft = rest.substring(0, rest.indexOf(' '));
          // One of them was open only to list the others.
          return new OpenFiles(
              soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft), names.length - 1);
        }
      }
    } catch (IOException | RuntimeException e) {
      // Not as Linux writes it.
    }
    return null;
  }

  static OpenFiles ofJdk() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      // Without a limit the system's number is negative or huge.
      long max = system.getMaxFileDescriptorCount();
      return new OpenFiles(
          max < 0 ? Long.MAX_VALUE : max, Math.max(0, system.getOpenFileDescriptorCount()));
    }
    return UNKNOWN;
  }
}
