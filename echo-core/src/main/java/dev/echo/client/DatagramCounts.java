package dev.echo.client;

import java.util.Optional;

/**
 * What became of the datagrams of one or more UDP sockets. What was sent is echoed, late, lost,
 * wrong or still under way.
 *
 * @param sent datagrams sent
 * @param echoed whose echo came in time, whole and equal
 * @param late whose echo came after the timeout
 * @param lost whose echo did not come
 * @param duplicated copies of an echo that had come already
 * @param reordered echoed ones that came behind one that was sent later (RFC 4737, 3.3)
 * @param wrong whose echo is not what was sent
 * @param surplus datagrams that came in addition and are the echo of none that was under way
 * @param directions where the lost ones were lost; empty if no aware peer answered
 */
public record DatagramCounts(
    long sent,
    long echoed,
    long late,
    long lost,
    long duplicated,
    long reordered,
    long wrong,
    long surplus,
    Optional<LossDirections> directions) {
  /** Nothing sent. */
  public static final DatagramCounts NONE =
      new DatagramCounts(0, 0, 0, 0, 0, 0, 0, 0, Optional.empty());

  /**
   * Says whether anything came back, in time or late, right or wrong.
   *
   * @return false if the path is silent
   */
  public boolean cameAny() {
    return echoed + late + wrong + surplus > 0;
  }

  /**
   * Says whether bytes came that are not what was sent, or that nobody sent.
   *
   * @return whatever else came
   */
  public boolean isDamaged() {
    return wrong + surplus > 0;
  }

  /**
   * Adds what became of others.
   *
   * @param other of another socket
   * @return the sums
   */
  public DatagramCounts plus(DatagramCounts other) {
    return new DatagramCounts(
        sent + other.sent,
        echoed + other.echoed,
        late + other.late,
        lost + other.lost,
        duplicated + other.duplicated,
        reordered + other.reordered,
        wrong + other.wrong,
        surplus + other.surplus,
        directions
            .map(mine -> other.directions.map(mine::plus).orElse(mine))
            .or(other::directions));
  }
}
