package dev.echo.ping;

import dev.echo.client.ClientMode;
import dev.echo.client.DatagramClient;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.pipeline.ClientFront;
import dev.echo.text.Durations;
import java.time.Duration;

/**
 * What a ping run does. Checks itself when it is made.
 *
 * @param endpoint where to
 * @param flows connections, each with a port of its own; 1 to {@value #MAX_FLOWS}
 * @param count pings of each flow; more than 0, or {@link #UNTIL_STOPPED}
 * @param interval between the pings of a flow; 1 ms or more. The flows take turns within it, so
 *     that they do not wait for one another
 * @param payloadBytes of a ping; 0 (in stream mode 1) to {@value #MAX_PAYLOAD_BYTES}, over UDP to
 *     what a datagram holds; unique from 16 on
 * @param mode frames or stream; frames carry stamps, so an aware peer tells its residence
 * @param timeout a ping that is not back by then is missing; more than 0. A connection on which no
 *     byte moves for so long, a second at least, is given up and made again
 * @param connectTimeout how long each address may take to connect; more than 0
 * @param transport that moves the bytes
 * @param front what the endpoint needs besides its address
 */
public record PingPlan(
    Endpoint endpoint,
    int flows,
    long count,
    Duration interval,
    int payloadBytes,
    ClientMode mode,
    Duration timeout,
    Duration connectTimeout,
    Transport transport,
    ClientFront front) {

  /** The count of a run that goes on until {@link PingRun#stop()}. */
  public static final long UNTIL_STOPPED = Long.MAX_VALUE;

  /** The most flows: more than there are ports for one peer. */
  public static final int MAX_FLOWS = 65_535;

  /** The largest ping, 1 MiB. */
  public static final int MAX_PAYLOAD_BYTES = 1 << 20;

  private static final Duration MIN_INTERVAL = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  /** Checks the ranges. */
  public PingPlan {
    range("flows", flows, 1, MAX_FLOWS);
    range(
        "payloadBytes",
        payloadBytes,
        mode == ClientMode.STREAM ? 1 : 0,
        endpoint instanceof UdpEndpoint ? DatagramClient.maxPayloadBytes(mode) : MAX_PAYLOAD_BYTES);
    if (count <= 0) {
      throw new IllegalArgumentException("count: " + count + " (expected: > 0)");
    }
    if (interval.compareTo(MIN_INTERVAL) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "interval: "
              + Durations.format(interval)
              + " (expected: "
              + Durations.format(MIN_INTERVAL)
              + " to "
              + Durations.format(LONGEST)
              + ")");
    }
    positive("timeout", timeout);
    positive("connectTimeout", connectTimeout);
  }

  /**
   * Starts from the defaults: one flow, 64 bytes a second in frames mode until stopped, 10 s until
   * a ping is missing, 5 s to connect.
   *
   * @param endpoint where to
   * @return a builder
   */
  public static PingPlanBuilder builder(Endpoint endpoint) {
    return new PingPlanBuilder(endpoint);
  }

  private static void range(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + ": " + value + " (expected: " + least + ".." + most + ")");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          name
              + ": "
              + Durations.format(value)
              + " (expected: > 0, at most "
              + Durations.format(LONGEST)
              + ")");
    }
  }
}
