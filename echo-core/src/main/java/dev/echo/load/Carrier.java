package dev.echo.load;

import dev.echo.client.DatagramCounts;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

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
  void begin(Timing timing);

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

  /** At the end: the messages that never came, each with its age, as far as they are measured. */
  void missing(long endNanos, LongConsumer ages);

  /** What became of its datagrams, at the end; nothing over a connection. */
  default DatagramCounts datagrams() {
    return DatagramCounts.NONE;
  }
}
