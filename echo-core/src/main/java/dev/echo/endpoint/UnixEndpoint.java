package dev.echo.endpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * An endpoint on a Unix domain socket of this machine.
 *
 * @param path of the socket's file, at most {@value #MAX_PATH_BYTES} bytes (unix(7); fewer on other
 *     systems than Linux)
 */
public record UnixEndpoint(Path path) implements Endpoint {
  /** What {@code sun_path} holds on Linux, less the 0 behind it. */
  public static final int MAX_PATH_BYTES = 107;

  /** Checks the length. */
  public UnixEndpoint {
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "path: "
              + bytes
              + " bytes (expected: 1.."
              + MAX_PATH_BYTES
              + ", a limit of the system; a directory such as /run or /tmp keeps it short)");
    }
  }

  /** With codes for what a URI cannot contain, and what a shell would not take as it is. */
  @Override
  public String toString() {
    return "unix://" + PercentText.encode(path.toAbsolutePath().toString());
  }
}
