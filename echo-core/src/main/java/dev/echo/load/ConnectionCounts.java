package dev.echo.load;

/**
 * What happened to the connections of a run.
 *
 * @param asked how many the plan has
 * @param made how often one was made, again included
 * @param failed how often making one failed
 * @param lost how many ended before they should, whoever ended them
 * @param errorFree how many of {@code asked} were made at once, never lost and never wrong, and
 *     brought every echo; over UDP, any echo
 * @param silent how many UDP sockets got back nothing of what they sent in the measured time: not
 *     in time, not late, not wrong; 0 over connections, where that is missing
 */
public record ConnectionCounts(
    int asked, long made, long failed, long lost, int errorFree, int silent) {
  /** None. */
  public static final ConnectionCounts ZERO = new ConnectionCounts(0, 0, 0, 0, 0, 0);

  /** Checks that they can be. */
  public ConnectionCounts {
    Consistency.notNegative(
        "asked made failed lost errorFree silent", asked, made, failed, lost, errorFree, silent);
    Consistency.atMost("silent", silent, "asked", asked);
    Consistency.atMost("errorFree", errorFree, "asked", asked);
    Consistency.atMost("errorFree", errorFree, "made", made);
    Consistency.atMost("lost", lost, "made", made);
  }

  /**
   * Adds two, as those of two machines.
   *
   * @param other is added
   * @return the sums
   */
  public ConnectionCounts plus(ConnectionCounts other) {
    return new ConnectionCounts(
        asked + other.asked,
        made + other.made,
        failed + other.failed,
        lost + other.lost,
        errorFree + other.errorFree,
        silent + other.silent);
  }
}
