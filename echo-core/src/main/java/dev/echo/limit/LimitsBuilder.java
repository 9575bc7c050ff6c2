package dev.echo.limit;

import java.time.Duration;

/** Makes {@link Limits}; what is not set keeps its default. Not thread-safe. */
public final class LimitsBuilder {
  private int ceilingBytes = Limits.DEFAULT.ceilingBytes();
  private int receiveBufferBytes = Limits.DEFAULT.receiveBufferBytes();
  private int maxConnections = Limits.DEFAULT.maxConnections();
  private int maxConnectionsPerSource = Limits.DEFAULT.maxConnectionsPerSource();
  private long maxFrameBytes = Limits.DEFAULT.maxFrameBytes();
  private Duration idleTimeout = Limits.DEFAULT.idleTimeout();
  private Duration stallTimeout = Limits.DEFAULT.stallTimeout();

  LimitsBuilder() {}

  /**
   * Sets {@link Limits#ceilingBytes()}.
   *
   * @param bytes 16 KiB or more
   * @return this
   */
  public LimitsBuilder ceilingBytes(int bytes) {
    ceilingBytes = bytes;
    return this;
  }

  /**
   * Sets {@link Limits#receiveBufferBytes()}.
   *
   * @param bytes 4 KiB or more, or {@link Limits#SYSTEM_RECEIVE_BUFFER}
   * @return this
   */
  public LimitsBuilder receiveBufferBytes(int bytes) {
    receiveBufferBytes = bytes;
    return this;
  }

  /**
   * Sets {@link Limits#maxConnections()}.
   *
   * @param connections 1 or more
   * @return this
   */
  public LimitsBuilder maxConnections(int connections) {
    maxConnections = connections;
    return this;
  }

  /**
   * Sets {@link Limits#maxConnectionsPerSource()}.
   *
   * @param connections 1 or more
   * @return this
   */
  public LimitsBuilder maxConnectionsPerSource(int connections) {
    maxConnectionsPerSource = connections;
    return this;
  }

  /**
   * Sets {@link Limits#maxFrameBytes()}.
   *
   * @param bytes 0 to 4,294,967,295
   * @return this
   */
  public LimitsBuilder maxFrameBytes(long bytes) {
    maxFrameBytes = bytes;
    return this;
  }

  /**
   * Sets {@link Limits#idleTimeout()}.
   *
   * @param timeout more than 0, or {@link Limits#NEVER}
   * @return this
   */
  public LimitsBuilder idleTimeout(Duration timeout) {
    idleTimeout = timeout;
    return this;
  }

  /**
   * Sets {@link Limits#stallTimeout()}.
   *
   * @param timeout more than 0, or {@link Limits#NEVER}
   * @return this
   */
  public LimitsBuilder stallTimeout(Duration timeout) {
    stallTimeout = timeout;
    return this;
  }

  /**
   * Makes the limits.
   *
   * @return immutable limits
   * @throws IllegalArgumentException if one is out of its range
   */
  public Limits build() {
    return new Limits(
        ceilingBytes,
        receiveBufferBytes,
        maxConnections,
        maxConnectionsPerSource,
        maxFrameBytes,
        idleTimeout,
        stallTimeout);
  }
}
