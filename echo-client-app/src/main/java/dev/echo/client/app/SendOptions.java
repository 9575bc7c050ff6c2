package dev.echo.client.app;

import dev.echo.client.ClientConfig;
import dev.echo.client.ClientMode;
import dev.echo.client.PrefaceData;
import dev.echo.client.Stamps;
import dev.echo.text.Sizes;
import java.time.Duration;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how {@code send} uses its connections. */
final class SendOptions {
  @Option(
      names = "--timeout",
      order = 12,
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "timeout without progress (default: 10s)")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--wait",
      order = 14,
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "retry for this long, until a byte comes back (default: 0s)")
  private Duration wait = Duration.ZERO;

  @Option(
      names = "--window",
      order = 15,
      paramLabel = "SIZE",
      defaultValue = "64KiB",
      description = "most bytes in flight; more is faster on long paths (default: 64KiB)")
  void window(String size) {
    try {
      windowBytes = Sizes.parse(size);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("--window: " + e.getMessage());
    }
    if (windowBytes == 0) {
      throw new TypeConversionException("--window: 0 (expected: 1 or more)");
    }
  }

  private long windowBytes = ClientConfig.DEFAULT.windowBytes();

  @Option(
      names = "--allow-preface",
      order = 16,
      description = "in stream mode, send data that begins like our frames, too")
  private boolean allowPreface;

  /**
   * What the options say about each connection.
   *
   * @param connection says the rest
   * @throws IllegalArgumentException if a time is out of range
   */
  ClientConfig config(ConnectionOptions connection) {
    return ClientConfig.builder()
        .mode(connection.mode())
        .timeout(ConnectionOptions.checked("--timeout", timeout))
        .connectTimeout(connection.connectTimeout())
        .front(connection.front())
        .stamps(connection.mode() == ClientMode.FRAMES ? Stamps.ON : Stamps.OFF)
        .windowBytes(windowBytes)
        .prefaceData(allowPreface ? PrefaceData.SEND : PrefaceData.REFUSE)
        .build();
  }

  /** How long to go on trying to connect. */
  Duration waitTime() {
    return wait;
  }
}
