package dev.echo.client;

/**
 * In which direction datagrams were lost, by the count in an aware peer's stamps: what it had read
 * and whose answer never came was lost on the way back.
 *
 * @param there lost on the way to the peer, or not answered by it
 * @param back lost on the way back
 * @param unknown lost behind the last answer, which could tell
 */
public record LossDirections(long there, long back, long unknown) {
  /**
   * Adds those of others.
   *
   * @param other of another socket
   * @return the sums
   */
  public LossDirections plus(LossDirections other) {
    return new LossDirections(there + other.there, back + other.back, unknown + other.unknown);
  }
}
