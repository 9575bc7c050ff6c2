package dev.echo.client.app;

import dev.echo.client.ClientMode;
import dev.echo.endpoint.Endpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.text.Durations;
import java.time.Duration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how a connection is made, the same in every command. */
final class ConnectionOptions {
  /** Whole days that the system's timers can count in milliseconds. */
  private static final Duration LONGEST = Duration.ofDays(24);

  @Option(
      names = "--mode",
      order = 11,
      paramLabel = "MODE",
      defaultValue = "frames",
      description = "frames: messages, also empty ones; stream: bare bytes (default: frames)")
  private ClientMode mode = ClientMode.FRAMES;

  @Option(
      names = "--connect-timeout",
      order = 13,
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "connect timeout per address (default: 5s)")
  private Duration connectTimeout = Duration.ofSeconds(5);

  @Mixin private final FrontOptions front = new FrontOptions();

  ClientMode mode() {
    return mode;
  }

  /**
   * How long each address may take.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  Duration connectTimeout() {
    return checked("--connect-timeout", connectTimeout);
  }

  /** What the endpoint needs besides its address. */
  ClientFront front() {
    return front.front();
  }

  /** Says what the options mean for a target before anything is sent there. */
  void check(Endpoint endpoint, Screen err) {
    front.check(endpoint, err);
  }

  /**
   * Returns a time that the system's timers can count.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  static Duration checked(String option, Duration time) {
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      throw refused(option, time, "more than 0s and at most " + LONGEST.toDays() + "d");
    }
    return time;
  }

  /** Says what came and what is allowed. */
  static IllegalArgumentException refused(String option, Duration time, String expected) {
    String came = time.isZero() ? "0s" : Durations.format(time);
    return new IllegalArgumentException(option + ": " + came + " (expected: " + expected + ")");
  }
}
