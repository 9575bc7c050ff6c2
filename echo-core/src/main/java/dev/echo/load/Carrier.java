package dev.echo.load;

import dev.echo.client.LossDirections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One connection or UDP socket of the plan, as the driver of its loop sees it: takes messages as
 * they come due, and sends what can be sent. Event loop only.
 */
interface Carrier {
  /** Which one of the plan, from 1. */
  int connection();

  /** Makes its connection, and later makes it again if it is lost. */
  void connect();

  /** Completes when it could be made or could not. */
  CompletableFuture<Void> triedOnce();

  /** The run begins. */
  void begin();

  /** One more message is due. */
  void due();

  /** Whatever the cap lets through is due, until {@link #stopSending}. */
  void alwaysDue();

  /** No more is due in closed loop. */
  void stopSending();

  /** One more message is due, and its time counts: says what holds it back, if anything does. */
  void countHeld(Recording recording);

  /** Says once that this one is to {@link #go}, until it has. */
  boolean touch();

  /** Sends what is due, if anything can be sent. */
  void go();

  /** Says whether everything that was due has left, and nothing is waited for. */
  boolean isSettled();

  /** Ends in order; nothing more is due or waited for. */
  void finish();

  /** Ends at once, whatever is under way. */
  void stop();

  /**
   * At the end: counts the messages that never came.
   *
   * @return how long the path owes an echo of those that were sent; 0 if it owes none, or none that
   *     it may not lose
   */
  long missing(long endNanos);

  /**
   * Says whether nothing came back of what it sent in the measured time, at the end. Over a
   * connection that is missing, and nothing more has to be said.
   */
  default boolean isSilent() {
    return false;
  }

  /** Where its lost datagrams were lost, at the end; empty if nobody can tell. */
  default Optional<LossDirections> directions() {
    return Optional.empty();
  }
}
