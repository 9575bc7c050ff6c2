package dev.echo.load;

/**
 * What happened to the datagrams of one slice of a run, each by the moment it was seen.
 *
 * @param lost given up: not back within the timeout
 * @param late came after all, and counted as lost before, perhaps in an earlier slice
 * @param duplicated copies of an echo that had come already
 * @param reordered echoes that came behind one that was sent later
 */
public record DatagramEvents(long lost, long late, long duplicated, long reordered) {
  /** Nothing happened, or there are no datagrams. */
  public static final DatagramEvents NONE = new DatagramEvents(0, 0, 0, 0);

  /** Checks that they can be. */
  public DatagramEvents {
    Consistency.notNegative("lost late duplicated reordered", lost, late, duplicated, reordered);
  }

  /**
   * Adds what happened to others.
   *
   * @param other of another slice or socket
   * @return the sums
   */
  public DatagramEvents plus(DatagramEvents other) {
    return new DatagramEvents(
        lost + other.lost,
        late + other.late,
        duplicated + other.duplicated,
        reordered + other.reordered);
  }
}
