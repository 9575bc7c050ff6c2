package dev.echo.ping;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.DatagramCounts;
import dev.echo.client.EchoException;
import dev.echo.client.MismatchException;
import dev.echo.client.NotEchoException;
import dev.echo.client.Peer;
import dev.echo.client.UnreachableException;
import dev.echo.client.UnreachableException.Reason;
import dev.echo.client.ViolationException;
import dev.echo.duplex.EndSign;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.text.ExitStatus;
import dev.echo.verify.Finding;
import java.net.SocketAddress;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;
import org.jspecify.annotations.Nullable;

/**
 * What one flow has come to so far. The histograms are packed: there may be thousands of flows with
 * few pings each. Event loop only.
 */
final class FlowTally {
  private final Histogram service = histogram();
  private final Histogram residence = histogram();
  private final boolean isDatagrams;
  private @Nullable SocketAddress local;
  private Peer peer = Peer.UNKNOWN;
  private boolean tried;
  private boolean unreachable;
  private boolean damaged;
  private boolean turnedAway;
  private DatagramCounts datagrams = DatagramCounts.NONE;
  private long made;
  private long due;
  private long sent;
  private long echoed;
  private long missing;
  private long wrong;
  private long surplus;
  private long late;
  private long unusableStamps;

  FlowTally(Endpoint endpoint) {
    isDatagrams = endpoint instanceof UdpEndpoint;
  }

  static boolean isDamage(Throwable cause) {
    return cause instanceof MismatchException
        || cause instanceof NotEchoException
        || cause instanceof ViolationException;
  }

  /** Whether it is about what came besides the pings, which are still to come. */
  static boolean isInAddition(Throwable cause) {
    return cause instanceof EchoException known
        && known.finding().filter(Finding::isInAddition).isPresent();
  }

  /** Whether it only says that this side closed. */
  static boolean isOwnDoing(Throwable why) {
    return why instanceof ConnectionLostException lost
        && lost.end().filter(end -> end.how() == EndSign.How.CLOSED_HERE).isPresent();
  }

  void trying() {
    tried = true;
  }

  /** Counts a connection, and returns how many there have been. */
  long made(SocketAddress from) {
    local = from;
    return ++made;
  }

  void failed(Throwable cause) {
    damaged |= isDamage(cause);
    surplus += isInAddition(cause) ? 1 : 0;
    unreachable |= made == 0;
    // There never was a connection: a datagram socket only learns late that nobody is there, and in
    // TLS 1.3 the server judges a certificate after the handshake.
    turnedAway |=
        cause instanceof UnreachableException told && (isDatagrams || told.reason() == Reason.TLS);
  }

  /** What became of the datagrams of a socket that is over. */
  void account(DatagramCounts counts) {
    datagrams = datagrams.plus(counts);
    damaged |= counts.isDamaged();
  }

  void due() {
    due++;
  }

  void sent() {
    sent++;
  }

  void echoed(Peer by, long serviceNanos) {
    peer = by;
    echoed++;
    service.recordValue(Math.min(serviceNanos, Distribution.MAX_NANOS));
  }

  void resided(PingReply reply) {
    unusableStamps += reply.hasUnusableStamp() ? 1 : 0;
    reply
        .residenceNanos()
        .ifPresent(nanos -> residence.recordValue(Math.min(nanos, Distribution.MAX_NANOS)));
  }

  void missing() {
    missing++;
  }

  void late() {
    late++;
  }

  void wrong() {
    wrong++;
  }

  /** One that was counted as missing came back wrong. */
  void missingIsWrong() {
    missing--;
    wrong++;
  }

  long slowestNanos() {
    return service.getMaxValue();
  }

  FlowResult result(int flow) {
    return new FlowResult(
        flow,
        local,
        peer,
        status(),
        new PingCounts(due, sent, echoed, missing, wrong, surplus(), late),
        datagrams(),
        Math.max(0, made - 1),
        Distribution.of(service),
        Distribution.of(residence),
        unusableStamps);
  }

  /** Of a socket, what was wrong and is no ping's. */
  private long surplus() {
    return isDatagrams ? datagrams.surplus() : surplus;
  }

  /** In time is what came within the timeout of the plan; a socket waits longer. */
  private DatagramCounts datagrams() {
    return !isDatagrams
        ? DatagramCounts.NONE
        : new DatagramCounts(
            sent,
            echoed,
            late,
            datagrams.lost(),
            datagrams.duplicated(),
            datagrams.reordered(),
            datagrams.wrong(),
            datagrams.surplus(),
            datagrams.directions());
  }

  private ExitStatus status() {
    if ((made == 0 && unreachable) || (turnedAway && echoed + late == 0)) {
      return ExitStatus.UNREACHABLE;
    }
    if (tried && made == 0) {
      // Stopped while it was connecting, which says nothing of the target.
      return ExitStatus.INTERRUPTED;
    }
    if (damaged || wrong > 0) {
      return ExitStatus.WRONG;
    }
    return missing > 0 && (!isDatagrams || echoed == 0) ? ExitStatus.INCOMPLETE : ExitStatus.OK;
  }

  private static Histogram histogram() {
    return new PackedHistogram(1, Distribution.MAX_NANOS, Distribution.DIGITS);
  }
}
