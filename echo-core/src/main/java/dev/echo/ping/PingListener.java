package dev.echo.ping;

import dev.echo.metrics.Distribution;

/**
 * Sees a run while it goes on. Called by one thread at a time, not by an event loop; a call that
 * takes long delays the next ones, not the run. What it throws ends the run. If it falls behind by
 * more than 65,536 calls the next ones are left out; the result counts what they would have told.
 */
public interface PingListener {
  /** Looks at nothing. */
  PingListener NONE = new PingListener() {};

  /**
   * This process is warm; connections are made when this method has returned. Told also if the run
   * was stopped meanwhile.
   *
   * @param floor see {@link PingResult#floor()}
   */
  default void warm(Distribution floor) {}

  /**
   * A flow has its first connection, or, after a trouble, another one on which a ping came back.
   *
   * @param connection which
   */
  default void connected(PingConnection connection) {}

  /**
   * A ping came back.
   *
   * @param reply which, and how long it took
   */
  default void replied(PingReply reply) {}

  /**
   * A ping is missing.
   *
   * @param miss which, and why
   */
  default void missed(PingMiss miss) {}

  /**
   * A ping that was counted as missing came back after all. It stays missing.
   *
   * @param reply which, and how long it took
   */
  default void late(PingReply reply) {}

  /**
   * A ping came back wrong.
   *
   * @param wrong which, and how
   */
  default void wrong(PingWrong wrong) {}

  /**
   * A connection could not be made or was lost. The same trouble is told again only after a ping
   * has come back, or of a connection that was up for a second.
   *
   * @param trouble which, and why
   */
  default void trouble(PingTrouble trouble) {}
}
