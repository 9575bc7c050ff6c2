package dev.echo.load;

/**
 * What happened to the messages that were due in the measured time; in closed loop, to those sent
 * in it. The warm-up is not in it.
 *
 * @param due how many should have been sent; in closed loop the same as {@code sent}
 * @param sent how many were
 * @param echoed how many of those came back whole and equal
 * @param missing how many never came back, or over UDP not within the timeout, or could never be
 *     sent because something held them back. What is left of {@code due} without echoed, wrong and
 *     missing ones is what the client was too slow to come to
 * @param wrong how many came back wrong; what came in addition to them is in {@link
 *     LoadResult#verdicts()} alone
 * @param heldByCap how many waited for the limit of messages in flight
 * @param heldBySocket how many waited for room in a full socket
 * @param heldByConnection how many waited for a connection
 * @param payloadBytes of the echoed ones
 * @param wireBytes of the echoed ones, headers and stamps included
 */
public record LoadCounts(
    long due,
    long sent,
    long echoed,
    long missing,
    long wrong,
    long heldByCap,
    long heldBySocket,
    long heldByConnection,
    long payloadBytes,
    long wireBytes) {

  /** Nothing. */
  public static final LoadCounts ZERO = new LoadCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * Adds two, as those of two loops or two machines.
   *
   * @param other is added
   * @return the sums
   */
  public LoadCounts plus(LoadCounts other) {
    return new LoadCounts(
        due + other.due,
        sent + other.sent,
        echoed + other.echoed,
        missing + other.missing,
        wrong + other.wrong,
        heldByCap + other.heldByCap,
        heldBySocket + other.heldBySocket,
        heldByConnection + other.heldByConnection,
        payloadBytes + other.payloadBytes,
        wireBytes + other.wireBytes);
  }
}
