package dev.echo.ping;

/**
 * What happened to the pings: {@code due = echoed + missing + wrong}.
 *
 * @param due how many should have been sent
 * @param sent how many were
 * @param echoed how many of those came back whole, equal and in time
 * @param missing how many did not come back in time, whether they were sent or not
 * @param wrong how many came back wrong
 * @param surplus how often something came in addition: an echo again, or what nobody sent; a
 *     datagram that came again is counted by {@link FlowResult#datagrams()}
 * @param late how many of the missing ones came back later
 */
public record PingCounts(
    long due, long sent, long echoed, long missing, long wrong, long surplus, long late) {
  /** Nothing. */
  public static final PingCounts ZERO = new PingCounts(0, 0, 0, 0, 0, 0, 0);

  /**
   * Adds two, as those of two flows.
   *
   * @param other is added
   * @return the sums
   */
  public PingCounts plus(PingCounts other) {
    return new PingCounts(
        due + other.due,
        sent + other.sent,
        echoed + other.echoed,
        missing + other.missing,
        wrong + other.wrong,
        surplus + other.surplus,
        late + other.late);
  }
}
