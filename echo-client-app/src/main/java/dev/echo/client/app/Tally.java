package dev.echo.client.app;

import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoReply;
import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;

/** What a run has come to so far. For any thread. */
final class Tally {
  private static final int MAX_FAILURES = 100;

  private final List<Failure> failures = new ArrayList<>();
  private ExitStatus status = ExitStatus.OK;
  private int connections;
  private int unreachable;
  private long messages;
  private long sent;
  private long echoed;
  private long bytes;
  private long fastestNanos = Long.MAX_VALUE;
  private long slowestNanos;
  private DatagramCounts datagrams = DatagramCounts.NONE;

  synchronized void connected() {
    connections++;
  }

  synchronized void unreachable(Failure failure, int count) {
    unreachable += count;
    failed(failure);
  }

  /** A message of the plan goes out, over some number of connections. */
  synchronized void sending(int copies) {
    messages++;
    sent += copies;
  }

  synchronized void echoed(EchoReply reply) {
    echoed++;
    bytes += reply.bytes();
    fastestNanos = Math.min(fastestNanos, reply.serviceTimeNanos());
    slowestNanos = Math.max(slowestNanos, reply.serviceTimeNanos());
  }

  /** What became of the datagrams of one socket. */
  synchronized void datagrams(DatagramCounts counts) {
    datagrams = datagrams.plus(counts);
  }

  synchronized void failed(Failure failure) {
    status = status.and(failure.status());
    if (failures.size() < MAX_FAILURES) {
      failures.add(failure);
    }
  }

  synchronized void interrupted(ExitStatus signal) {
    status = status.and(signal);
  }

  synchronized long echoedMessages() {
    return echoed;
  }

  synchronized Summary summary() {
    return new Summary(
        status,
        connections,
        unreachable,
        messages,
        sent,
        echoed,
        bytes,
        echoed == 0 ? 0 : fastestNanos,
        slowestNanos,
        List.copyOf(failures),
        datagrams);
  }

  /**
   * The result of a run.
   *
   * @param connections how many were made
   * @param unreachable how many could not be made
   * @param messages of the plan, each sent over every connection that was left
   * @param sent messages, counted for each connection
   * @param echoed how many of those came back whole and equal
   * @param bytes payload of those
   * @param datagrams what became of each; nothing over a connection
   */
  record Summary(
      ExitStatus status,
      int connections,
      int unreachable,
      long messages,
      long sent,
      long echoed,
      long bytes,
      long fastestNanos,
      long slowestNanos,
      List<Failure> failures,
      DatagramCounts datagrams) {}
}
