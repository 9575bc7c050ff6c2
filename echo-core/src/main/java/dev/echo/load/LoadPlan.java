package dev.echo.load;

import dev.echo.client.ClientMode;
import dev.echo.client.DatagramClient;
import dev.echo.client.Stamps;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.Transport;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.payload.PayloadSource;
import dev.echo.pipeline.ClientFront;
import java.time.Duration;

/**
 * What a run does. Checks itself when it is made.
 *
 * @param endpoint where to
 * @param connections how many at the same time; more than 0
 * @param connectionUse whether connections stay or serve one message each
 * @param pace how fast
 * @param inFlight the most messages of one connection that are sent and have not come back; more
 *     than 0
 * @param amount how much is measured
 * @param warmup before measuring, whose figures are discarded; 0 or more
 * @param payload what is sent
 * @param mode frames or stream
 * @param stamps whether an aware peer is asked for its times; frames mode only
 * @param seed makes the same payloads again
 * @param timeout how long to wait for echoes after the last due time; over UDP also for each one,
 *     which is lost or late then; more than 0
 * @param connectTimeout how long each address may take to connect; more than 0
 * @param afterFailure whether the run goes on when a connection is lost or an echo is wrong
 * @param interval the length of the slices; 10 ms or more
 * @param loops event loops that do the work; more than 0
 * @param transport that moves the bytes
 * @param front what the endpoint needs besides its address; not kept in saved results
 */
public record LoadPlan(
    Endpoint endpoint,
    int connections,
    ConnectionUse connectionUse,
    Pace pace,
    int inFlight,
    Amount amount,
    Duration warmup,
    PayloadSource payload,
    ClientMode mode,
    Stamps stamps,
    long seed,
    Duration timeout,
    Duration connectTimeout,
    AfterFailure afterFailure,
    Duration interval,
    int loops,
    Transport transport,
    ClientFront front) {

  /** The most connections of one run: 20 bits of each payload hold a number from 1. */
  public static final int MAX_CONNECTIONS = (1 << 20) - 1;

  private static final Duration MIN_INTERVAL = Duration.ofMillis(10);

  /** What connections are for. */
  public enum ConnectionUse {
    /** Each carries many messages. */
    KEEP,
    /** Each carries one message and is closed; the next message waits for its own. */
    ONE_MESSAGE
  }

  /** What a failure means for the run. */
  public enum AfterFailure {
    /** It is reported, the connection is made again, and the run goes on. */
    GO_ON,
    /** It is reported, and the run ends. */
    END
  }

  /** Checks the ranges. */
  public LoadPlan {
    range("connections", connections, MAX_CONNECTIONS);
    range("inFlight", inFlight, Integer.MAX_VALUE);
    range("loops", loops, Integer.MAX_VALUE);
    positive("timeout", timeout);
    positive("connectTimeout", connectTimeout);
    if (warmup.isNegative()) {
      throw new IllegalArgumentException("warmup: " + warmup + " (expected: >= 0)");
    }
    if (interval.compareTo(MIN_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "interval: " + interval + " (expected: at least " + MIN_INTERVAL + ")");
    }
    if (mode == ClientMode.STREAM) {
      checkStream(stamps, payload);
    }
    if (endpoint instanceof UdpEndpoint) {
      checkDatagrams(connectionUse, payload, mode);
    }
  }

  /**
   * Starts from the defaults: 1,000 messages of 64 bytes a second over one connection for 10 s
   * after 2 s of warm-up, in frames with stamps.
   *
   * @param endpoint where to
   * @return a builder
   */
  public static LoadPlanBuilder builder(Endpoint endpoint) {
    return new LoadPlanBuilder(endpoint);
  }

  /**
   * A builder that starts from this plan.
   *
   * @return to change what differs
   */
  public LoadPlanBuilder toBuilder() {
    return new LoadPlanBuilder(this);
  }

  private static void checkStream(Stamps stamps, PayloadSource payload) {
    if (stamps == Stamps.ON) {
      throw new IllegalArgumentException("stamps: ON (expected: OFF in stream mode)");
    }
    if (leastBytes(payload) == 0) {
      throw new IllegalArgumentException("size: 0 (expected: 1 or more in stream mode)");
    }
  }

  private static void checkDatagrams(
      ConnectionUse connectionUse, PayloadSource payload, ClientMode mode) {
    if (connectionUse == ConnectionUse.ONE_MESSAGE) {
      throw new IllegalArgumentException(
          "connectionUse: ONE_MESSAGE (expected: KEEP; UDP has no connections)");
    }
    int most = DatagramClient.maxPayloadBytes(mode);
    int bytes =
        payload instanceof PayloadSource.Generated generated
            ? generated.maxBytes()
            : leastBytes(payload);
    if (bytes > most) {
      throw new IllegalArgumentException(
          "size: " + bytes + " (expected: at most " + most + ", which a datagram holds)");
    }
  }

  private static int leastBytes(PayloadSource payload) {
    if (payload instanceof PayloadSource.Generated generated) {
      return generated.minBytes();
    }
    return payload instanceof PayloadSource.Fixed fixed
        ? fixed.bytes().length
        : ((PayloadSource.Saved) payload).length();
  }

  private static void range(String name, int value, int most) {
    if (value <= 0 || value > most) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 1.." + most + ")");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }
}
