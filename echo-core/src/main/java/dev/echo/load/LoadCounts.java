package dev.echo.load;

/**
 * What became of the messages that were due in the measured time; in closed loop, of those sent in
 * it, and of those sent in the warm-up that never came back. Each is one of echoed, missing and
 * wrong.
 *
 * @param due how many should have been sent; in closed loop the same as {@code sent}
 * @param sent how many were
 * @param echoed how many of those came back whole and equal
 * @param missing how many never came back, or over UDP not within the timeout, or were never sent
 * @param wrong how many came back wrong
 * @param surplus how often something came that is the echo of no message that was to come: one that
 *     had come back already, or of another connection, bytes behind all that was sent, a violation
 *     of the protocol; in the warm-up, too. It is none of {@code due}
 * @param unsent how many of the missing ones the client was too slow to come to
 * @param heldByCap how many waited for the limit of messages in flight
 * @param heldBySocket how many waited for room in a full socket
 * @param heldByConnection how many waited for a connection
 * @param payloadBytes of the echoed ones
 * @param wireBytes of the echoed ones, headers and stamps included
 * @param unusableStamps how many of the echoed ones had server times that cannot be true: sent
 *     before received, or further apart than the service time
 * @param throughput what left and came back while the measured time ran
 */
public record LoadCounts(
    long due,
    long sent,
    long echoed,
    long missing,
    long wrong,
    long surplus,
    long unsent,
    long heldByCap,
    long heldBySocket,
    long heldByConnection,
    long payloadBytes,
    long wireBytes,
    long unusableStamps,
    Throughput throughput) {

  /** Nothing. */
  public static final LoadCounts ZERO = new LoadCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Checks that they add up. */
  public LoadCounts {
    if (due != echoed + missing + wrong) {
      throw new IllegalArgumentException(
          "due: "
              + due
              + " (expected: echoed "
              + echoed
              + " + missing "
              + missing
              + " + wrong "
              + wrong
              + ")");
    }
    Consistency.notNegative(
        "due sent echoed missing wrong surplus unsent heldByCap heldBySocket heldByConnection"
            + " payloadBytes wireBytes unusableStamps",
        due,
        sent,
        echoed,
        missing,
        wrong,
        surplus,
        unsent,
        heldByCap,
        heldBySocket,
        heldByConnection,
        payloadBytes,
        wireBytes,
        unusableStamps);
    Consistency.atMost("sent", sent, "due", due);
    Consistency.atMost("echoed and wrong", echoed + wrong, "sent", sent);
    Consistency.atMost("unsent", unsent, "due less sent", due - sent);
    Consistency.atMost(
        "heldByCap, heldBySocket and heldByConnection",
        heldByCap + heldBySocket + heldByConnection,
        "due",
        due);
    Consistency.atMost("payloadBytes", payloadBytes, "wireBytes", wireBytes);
    Consistency.atMost("unusableStamps", unusableStamps, "echoed", echoed);
    Consistency.atMost("sentInTime", throughput.sent(), "sent", sent);
  }

  /**
   * Of a run whose client was never too slow, whose stamps were usable, and in which nothing came
   * in addition: everything left and came back while the measured time ran.
   *
   * @param due how many should have been sent
   * @param sent how many were
   * @param echoed how many came back whole and equal
   * @param missing how many never came back
   * @param wrong how many came back wrong
   * @param heldByCap how many waited for the limit of messages in flight
   * @param heldBySocket how many waited for room in a full socket
   * @param heldByConnection how many waited for a connection
   * @param payloadBytes of the echoed ones
   * @param wireBytes of the echoed ones, headers and stamps included
   */
  public LoadCounts(
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
    this(
        due,
        sent,
        echoed,
        missing,
        wrong,
        0,
        0,
        heldByCap,
        heldBySocket,
        heldByConnection,
        payloadBytes,
        wireBytes,
        0,
        new Throughput(sent, echoed, payloadBytes, wireBytes));
  }

  /**
   * Adds two, as those of two machines.
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
        surplus + other.surplus,
        unsent + other.unsent,
        heldByCap + other.heldByCap,
        heldBySocket + other.heldBySocket,
        heldByConnection + other.heldByConnection,
        payloadBytes + other.payloadBytes,
        wireBytes + other.wireBytes,
        unusableStamps + other.unusableStamps,
        throughput.plus(other.throughput));
  }
}
