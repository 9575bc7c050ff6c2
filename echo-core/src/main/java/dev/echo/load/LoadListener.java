package dev.echo.load;

import dev.echo.payload.WrongEcho;
import java.util.List;

/**
 * Sees a run while it goes on. Called by one thread at a time, not by an event loop; a call that
 * takes long delays the next ones, not the run.
 */
public interface LoadListener {
  /** Looks at nothing. */
  LoadListener NONE = new LoadListener() {};

  /**
   * The connections are made, as far as they can be; the first message is about to be due.
   *
   * @param connections what became of them
   */
  default void started(ConnectionCounts connections) {}

  /**
   * A slice of the run is over.
   *
   * @param interval what was seen in it
   */
  default void interval(Interval interval) {}

  /**
   * A connection could not be made or was lost. The first hundred are told.
   *
   * @param trouble which, and why
   */
  default void trouble(Trouble trouble) {}

  /**
   * What may help with connections that could not be made. The same is told again with each.
   *
   * @param advice lines that are safe to print
   */
  default void advice(List<String> advice) {}

  /**
   * A message came back wrong. The first hundred are told.
   *
   * @param wrong which, and how
   */
  default void wrong(WrongEcho wrong) {}
}
