package dev.echo.client;

import dev.echo.pipeline.ClientFront;
import java.time.Duration;
import java.util.Objects;

/**
 * How a connection behaves. {@link #builder()} starts from {@link #DEFAULT}.
 *
 * @param mode frames or stream
 * @param timeout without progress while echoes are outstanding; more than 0
 * @param connectTimeout how long each address of the endpoint may take to connect; more than 0
 * @param stamps whether messages ask an aware peer for its times
 * @param windowBytes of an {@link OutgoingMessage}: the bytes that may be sent and not yet have
 *     come back before {@code write} holds the caller back; more than 0. A relay that passes bytes
 *     through pipes, as {@code socat} and {@code ncat --exec} do, can block for ever on more than a
 *     pipe holds, 64 KiB on Linux (pipe(7)), which is the default; a path with a large product of
 *     bandwidth and delay wants as much as that
 * @param grace after this side has finished: how long to wait for the peer's end and for bytes that
 *     nobody sent; 0 or more
 * @param replies sees what came back
 * @param prefaceData what stream mode does with data that begins with the preface
 * @param front what the endpoint needs besides its address
 */
public record ClientConfig(
    ClientMode mode,
    Duration timeout,
    Duration connectTimeout,
    Stamps stamps,
    long windowBytes,
    Duration grace,
    ReplyListener replies,
    PrefaceData prefaceData,
    ClientFront front) {

  /** Frames, 10 s without progress, 5 s to connect, no stamps, 64 KiB of window, 1 s of grace. */
  public static final ClientConfig DEFAULT = new Builder().build();

  /** Checks the ranges, and that nothing is missing. */
  public ClientConfig {
    Objects.requireNonNull(mode, "mode (expected: frames or stream)");
    Objects.requireNonNull(stamps, "stamps (expected: on or off)");
    Objects.requireNonNull(grace, "grace (expected: a duration)");
    Objects.requireNonNull(replies, "replies (expected: a listener, or ReplyListener.NONE)");
    Objects.requireNonNull(prefaceData, "prefaceData (expected: refuse or send)");
    Objects.requireNonNull(front, "front (expected: one, or ClientFront.NONE)");
    positive("timeout", timeout);
    positive("connectTimeout", connectTimeout);
    Duration most = Duration.ofMillis(Integer.MAX_VALUE);
    if (connectTimeout.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "connectTimeout: " + connectTimeout + " (expected: at most " + most + ")");
    }
    if (windowBytes <= 0) {
      throw new IllegalArgumentException("windowBytes: " + windowBytes + " (expected: > 0)");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace: " + grace + " (expected: >= 0)");
    }
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  private static void positive(String name, Duration value) {
    Objects.requireNonNull(value, name + " (expected: a duration)");
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
    }
  }

  /** Collects what differs from the defaults. Each method returns the builder itself. */
  public static final class Builder {
    private ClientMode mode = ClientMode.FRAMES;
    private Duration timeout = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Stamps stamps = Stamps.OFF;
    private long windowBytes = 64L << 10;
    private Duration grace = Duration.ofSeconds(1);
    private ReplyListener replies = ReplyListener.NONE;
    private PrefaceData prefaceData = PrefaceData.REFUSE;
    private ClientFront front = ClientFront.NONE;

    private Builder() {}

    /**
     * Sets {@link ClientConfig#mode()}.
     *
     * @param value frames or stream
     * @return this
     */
    public Builder mode(ClientMode value) {
      mode = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#timeout()}.
     *
     * @param value more than 0
     * @return this
     */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#connectTimeout()}.
     *
     * @param value more than 0
     * @return this
     */
    public Builder connectTimeout(Duration value) {
      connectTimeout = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#stamps()}.
     *
     * @param value on or off
     * @return this
     */
    public Builder stamps(Stamps value) {
      stamps = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#windowBytes()}.
     *
     * @param value more than 0
     * @return this
     */
    public Builder windowBytes(long value) {
      windowBytes = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#grace()}.
     *
     * @param value 0 or more
     * @return this
     */
    public Builder grace(Duration value) {
      grace = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#replies()}.
     *
     * @param value called on the event loop
     * @return this
     */
    public Builder replies(ReplyListener value) {
      replies = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#prefaceData()}.
     *
     * @param value refuse or send
     * @return this
     */
    public Builder prefaceData(PrefaceData value) {
      prefaceData = value;
      return this;
    }

    /**
     * Sets {@link ClientConfig#front()}.
     *
     * @param value {@link ClientFront#NONE} by default
     * @return this
     */
    public Builder front(ClientFront value) {
      front = value;
      return this;
    }

    /**
     * Makes the configuration.
     *
     * @return checked
     */
    public ClientConfig build() {
      return new ClientConfig(
          mode, timeout, connectTimeout, stamps, windowBytes, grace, replies, prefaceData, front);
    }
  }
}
