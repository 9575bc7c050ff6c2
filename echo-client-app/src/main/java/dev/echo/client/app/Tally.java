package dev.echo.client.app;

import dev.echo.client.DatagramCounts;
import dev.echo.client.app.message.MessagePlan;
import dev.echo.client.app.message.MessageSource;
import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run has come to so far. For any thread. */
final class Tally {
  private static final int MAX_FAILURES = 100;

  private final List<Failure> failures = new ArrayList<>();
  private final MessagePlan plan;
  private final int askedConnections;
  private ExitStatus status = ExitStatus.OK;
  private int connections;
  private int unreachable;
  private long messages;
  private long sent;
  private long echoed;
  private long proved;
  private long wrong;
  private long surplus;
  private long bytesSent;
  private long bytes;
  private long fastestNanos = Long.MAX_VALUE;
  private long slowestNanos;
  private long unusableStamps;
  private DatagramCounts datagrams = DatagramCounts.NONE;

  /** Of a run that is to send a plan over some number of connections. */
  Tally(MessagePlan plan, int connections) {
    this.plan = plan;
    askedConnections = connections;
  }

  synchronized void connected() {
    connections++;
  }

  /** A connection turned out to be none. */
  synchronized void withdrawn() {
    connections--;
  }

  /** A connection turned out to be none, so the message that went over it did not. */
  synchronized void withdrawnMessage() {
    connections--;
    sent--;
  }

  synchronized void unreachable(Failure failure, int count) {
    unreachable += count;
    failed(failure);
  }

  /** A message of the plan goes out over one connection; its number is from 1. */
  synchronized void sending(long number) {
    messages = Math.max(messages, number);
    sent++;
  }

  synchronized void echoed(Echo echo) {
    echoed++;
    bytesSent += echo.bytes();
    bytes += echo.echoedBytes();
    echo.serviceNanos()
        .ifPresent(
            nanos -> {
              fastestNanos = Math.min(fastestNanos, nanos);
              slowestNanos = Math.max(slowestNanos, nanos);
            });
    unusableStamps += echo.hasUnusableStamp() ? 1 : 0;
  }

  /** An echo shows that somebody is there. */
  synchronized void proved() {
    proved++;
  }

  /** A message did not come back, or not as it was sent. */
  synchronized void lost(Echo echo) {
    bytesSent += echo.bytes();
    bytes += echo.echoedBytes();
    if (echo.status() == ExitStatus.WRONG) {
      wrong++;
    }
  }

  /** What became of the datagrams of one socket. */
  synchronized void datagrams(DatagramCounts counts) {
    datagrams = datagrams.plus(counts);
  }

  synchronized void failed(Failure failure) {
    status = status.and(failure.status());
    surplus += failure.isInAddition() ? 1 : 0;
    if (failures.size() < MAX_FAILURES) {
      failures.add(failure);
    }
  }

  synchronized void interrupted(ExitStatus signal) {
    status = status.and(signal);
  }

  /** For somebody who asks before the end. */
  synchronized String soFar() {
    return String.format(Locale.ROOT, "so far: %,d sent, %,d came back", sent, echoed);
  }

  synchronized Summary summary() {
    long planned = plan.count() == MessageSource.UNKNOWN ? messages : plan.count();
    return new Summary(
        status,
        connections,
        unreachable,
        planned,
        times(planned),
        sent,
        echoed,
        wrong,
        datagrams.sent() > 0 ? datagrams.surplus() : surplus,
        proved,
        plan.bytes() == MessageSource.UNKNOWN ? MessageSource.UNKNOWN : times(plan.bytes()),
        bytesSent,
        bytes,
        fastestNanos == Long.MAX_VALUE ? 0 : fastestNanos,
        slowestNanos,
        unusableStamps,
        List.copyOf(failures),
        datagrams);
  }

  private long times(long each) {
    return each > Long.MAX_VALUE / askedConnections ? Long.MAX_VALUE : each * askedConnections;
  }

  /**
   * The result of a run.
   *
   * @param connections how many were made
   * @param unreachable how many could not be made
   * @param messages of the plan, as far as it is known
   * @param asked messages, counted for each connection that was asked for
   * @param sent how many of those were sent, or begun
   * @param echoed how many of those came back whole and equal
   * @param wrong how many came back, but not as they were sent
   * @param surplus how often something came in addition
   * @param proved how many of the echoes show that somebody is there
   * @param bytesAsked payload of all that was asked for, or {@link MessageSource#UNKNOWN}
   * @param bytesSent payload that was given to connections
   * @param bytes payload that came back as it was sent, that of unfinished messages too
   * @param fastestNanos the least service time; 0 if there is none
   * @param unusableStamps of echoes whose server told times that cannot be right
   * @param datagrams what became of each; nothing over a connection
   */
  record Summary(
      ExitStatus status,
      int connections,
      int unreachable,
      long messages,
      long asked,
      long sent,
      long echoed,
      long wrong,
      long surplus,
      long proved,
      long bytesAsked,
      long bytesSent,
      long bytes,
      long fastestNanos,
      long slowestNanos,
      long unusableStamps,
      List<Failure> failures,
      DatagramCounts datagrams) {

    /** How many did not come back. */
    long missing() {
      return asked - echoed - wrong;
    }
  }
}
