package dev.echo.metrics;

import java.util.Map;

/**
 * What {@link EchoCounters} had counted at one moment.
 *
 * @param accepted connections served, open ones included
 * @param open connections open now
 * @param refusals connections closed right after they were accepted, and datagrams not echoed, by
 *     the reason; every reason is there
 * @param ended connections that the server ended before their peer did
 * @param failed connections that failed, as by a reset
 * @param bytesReceived bytes read
 * @param bytesEchoed bytes of echoes handed to be written, without what the server says by itself
 * @param datagramsReceived datagrams read, refused ones included
 * @param datagramsEchoed datagrams handed to be written
 */
public record EchoSnapshot(
    long accepted,
    long open,
    Map<Refusal, Long> refusals,
    long ended,
    long failed,
    long bytesReceived,
    long bytesEchoed,
    long datagramsReceived,
    long datagramsEchoed) {
  /** Keeps a copy of the refusals. */
  public EchoSnapshot {
    refusals = Map.copyOf(refusals);
  }

  /**
   * All that was refused.
   *
   * @return the sum over all reasons
   */
  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * What was refused for one reason.
   *
   * @param why the reason
   * @return 0 or more
   */
  public long refused(Refusal why) {
    return refusals.getOrDefault(why, 0L);
  }
}
