package dev.echo.ping;

import dev.echo.client.DatagramCounts;
import dev.echo.metrics.Distribution;
import dev.echo.text.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a ping run measured.
 *
 * @param plan with every setting
 * @param started the wall clock when the connections were begun
 * @param lasted from then to the end
 * @param floor service times of an echo in this same process, over a loopback socket, measured just
 *     before: what this process and machine take by themselves, below which nothing can be
 *     measured. It takes no part away from any other time. Empty if it could not be measured
 * @param flows each by itself, in order
 */
public record PingResult(
    PingPlan plan, Instant started, Duration lasted, Distribution floor, List<FlowResult> flows) {

  /** Keeps a copy of the list. */
  public PingResult {
    flows = List.copyOf(flows);
  }

  /**
   * The pings of all flows.
   *
   * @return the sums
   */
  public PingCounts counts() {
    return flows.stream().map(FlowResult::counts).reduce(PingCounts.ZERO, PingCounts::plus);
  }

  /**
   * What became of the datagrams of all flows.
   *
   * @return the sums; {@link DatagramCounts#NONE} over other paths than UDP
   */
  public DatagramCounts datagrams() {
    return flows.stream()
        .map(FlowResult::datagrams)
        .reduce(DatagramCounts.NONE, DatagramCounts::plus);
  }

  /**
   * How often connections were made again.
   *
   * @return the sum over all flows
   */
  public long reconnects() {
    return flows.stream().mapToLong(FlowResult::reconnects).sum();
  }

  /**
   * The service times of all flows.
   *
   * @return of the echoed pings
   */
  public Distribution service() {
    return flows.stream().map(FlowResult::service).reduce(Distribution.EMPTY, Distribution::plus);
  }

  /**
   * Says whether the floor is one. It is measured before, and a machine that was busier then takes
   * longer by itself than the whole path does later.
   *
   * @return false if the path was faster at the median or at best, so that the floor says nothing;
   *     true if either was not measured
   */
  public boolean isFloorUsable() {
    Distribution service = service();
    return floor.isEmpty()
        || service.isEmpty()
        || (floor.minNanos() <= service.minNanos()
            && floor.percentileNanos(50) <= service.percentileNanos(50));
  }

  /**
   * The residences of all flows.
   *
   * @return of the echoed pings; empty without an aware peer
   */
  public Distribution residence() {
    return flows.stream().map(FlowResult::residence).reduce(Distribution.EMPTY, Distribution::plus);
  }

  /**
   * How many echoes came with times of the server that cannot be right.
   *
   * @return the sum over all flows
   */
  public long unusableStamps() {
    return flows.stream().mapToLong(FlowResult::unusableStamps).sum();
  }

  /**
   * The verdict: {@link ExitStatus#UNREACHABLE} if no connection of some flow could be made, {@link
   * ExitStatus#WRONG} if wrong bytes came back, {@link ExitStatus#INTERRUPTED} if the run was
   * stopped before any was due or while a flow still made its first connection, {@link
   * ExitStatus#INCOMPLETE} if a ping is missing, over UDP if a flow got none back in time.
   *
   * @return the first of these that holds, else {@link ExitStatus#OK}
   */
  public ExitStatus status() {
    ExitStatus status =
        flows.stream().map(FlowResult::status).reduce(ExitStatus.OK, ExitStatus::and);
    return status == ExitStatus.OK && counts().due() == 0 ? ExitStatus.INTERRUPTED : status;
  }
}
