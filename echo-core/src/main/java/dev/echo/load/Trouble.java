package dev.echo.load;

import dev.echo.duplex.ConnectionEnd;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * A connection that could not be made or was lost.
 *
 * @param connection which one, from 1
 * @param at from the first due time, negative before
 * @param status {@link ExitStatus#UNREACHABLE}, {@link ExitStatus#INCOMPLETE} or {@link
 *     ExitStatus#WRONG}
 * @param sentence for people, in one line that is safe to print
 * @param end how the connection ended, if it was made
 */
public record Trouble(
    int connection, Duration at, ExitStatus status, String sentence, Optional<ConnectionEnd> end) {

  /**
   * Makes one of a connection that was never made.
   *
   * @param connection which one, from 1
   * @param at from the first due time, negative before
   * @param status what it makes of the verdict
   * @param sentence for people, in one line that is safe to print
   */
  public Trouble(int connection, Duration at, ExitStatus status, String sentence) {
    this(connection, at, status, sentence, Optional.empty());
  }
}
