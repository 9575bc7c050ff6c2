package dev.echo.client.app;

import dev.echo.client.ConnectionLostException;
import dev.echo.client.EchoException;
import dev.echo.client.MismatchException;
import dev.echo.client.NoProgressException;
import dev.echo.client.UnreachableException;
import dev.echo.endpoint.Endpoint;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.metrics.Distribution;
import dev.echo.ping.PingConnection;
import dev.echo.ping.PingMiss;
import dev.echo.ping.PingPlan;
import dev.echo.ping.PingReply;
import dev.echo.ping.PingResult;
import dev.echo.ping.PingTrouble;
import dev.echo.ping.PingWrong;
import dev.echo.text.Durations;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A line for each ping and a summary on standard output, the rest on standard error. */
final class PingText implements PingReport {
  private final PingPlan plan;
  private final ReplyOutput out;
  private final Screen err;
  private final Verbosity verbosity;
  private final String hint;
  private final boolean isDatagrams;
  private final Map<Integer, String> names = new HashMap<>();
  private final Set<List<String>> advised = new HashSet<>();
  private boolean errorOnly;
  private long leftOut;

  /**
   * Makes a report.
   *
   * @param hint what may have been meant if nobody answers; may be empty
   */
  PingText(PingPlan plan, Environment environment, Verbosity verbosity, String hint) {
    this.plan = plan;
    this.out = environment.out();
    this.err = environment.err();
    this.verbosity = verbosity;
    this.hint = hint;
    isDatagrams = plan.endpoint() instanceof UdpEndpoint;
  }

  /** Leaves standard output to another report. */
  PingText onErrorOnly() {
    errorOnly = true;
    return this;
  }

  @Override
  public void warm(Distribution floor) {
    String measured =
        floor.isEmpty()
            ? ""
            : "; floor " + Milliseconds.of(floor.percentileNanos(50)) + " (p50, in this process)";
    note(
        String.format(
            Locale.ROOT,
            "ping %s: %d bytes each %s%s%s",
            plan.endpoint(),
            plan.payloadBytes(),
            Durations.format(plan.interval()),
            plan.flows() == 1 ? "" : " over each of " + plan.flows() + " flows",
            measured));
  }

  @Override
  public void connected(PingConnection connection) {
    int port = port(connection.local());
    names.put(connection.flow(), "[" + connection.flow() + " port " + port + "] ");
    note(
        prefix(connection.flow())
            + (isDatagrams ? "sending" : "connected")
            + (connection.attempt() == 1 ? "" : " again")
            + " to "
            + address(connection.remote())
            + (plan.flows() == 1 ? " from port " + port : "")
            + (isDatagrams ? "" : " in " + opening(connection)));
  }

  @Override
  public void replied(PingReply reply) {
    line(text(reply, ""));
  }

  @Override
  public void late(PingReply reply) {
    line(text(reply, " late, counted as missing"));
  }

  private String text(PingReply reply, String remark) {
    String residence =
        reply.residenceNanos().isPresent()
            ? " (residence " + Milliseconds.of(reply.residenceNanos().getAsLong()) + ")"
            : reply.hasUnusableStamp() ? " (residence unusable)" : "";
    return prefix(reply.flow())
        + reply.bytes()
        + " bytes from "
        + address(reply.remote())
        + ": "
        + sequence(reply.sequence())
        + " time="
        + Milliseconds.of(reply.serviceTimeNanos())
        + residence
        + remark;
  }

  @Override
  public void missed(PingMiss miss) {
    String why =
        miss.reason() == PingMiss.Reason.TIMEOUT
            ? "not back within " + Durations.format(plan.timeout())
            : miss.reason().toString();
    line(prefix(miss.flow()) + sequence(miss.sequence()) + " missing: " + why);
  }

  @Override
  public void wrong(PingWrong wrong) {
    line(
        prefix(wrong.flow())
            + sequence(wrong.sequence())
            + " "
            + sentence(plan.endpoint(), wrong.cause()));
  }

  @Override
  public void trouble(PingTrouble trouble) {
    Failure failure = Failure.of(trouble.flow(), plan.endpoint(), trouble.cause());
    boolean isUnreachable = trouble.cause() instanceof UnreachableException;
    if (isUnreachable && !names.isEmpty() && !names.containsKey(trouble.flow())) {
      failure =
          failure.insteadOfDetails("other flows are connected: is there a limit on connections?");
    } else if (isUnreachable) {
      failure = failure.with(hint);
    }
    settle();
    err.line(
        prefix(trouble.flow())
            + sentence(plan.endpoint(), trouble.cause())
            + (!trouble.isMadeAgain() ? "" : isDatagrams ? "; it goes on" : "; reconnecting"));
    // Every flow has the same, and so has every try.
    if (!isUnreachable || advised.add(failure.details())) {
      failure.details().forEach(detail -> err.line("  " + detail));
    }
  }

  /** What went wrong, without the number that the message had on its connection. */
  static String sentence(Endpoint endpoint, Throwable cause) {
    if (cause instanceof MismatchException mismatch) {
      return "wrong: " + mismatch.finding().orElseThrow().sentence("an echo");
    }
    return cause instanceof ConnectionLostException || cause instanceof NoProgressException
        ? ((EchoException) cause).end().orElseThrow().brief()
        : Failure.of(0, endpoint, cause).sentence();
  }

  @Override
  public void summary(PingResult result) {
    if (!errorOnly) {
      new PingSummary(result).lines().forEach(out::line);
    }
    if (leftOut > 0) {
      err.line(leftOut + " lines were left out: standard output is not read fast enough");
    }
  }

  private void note(String text) {
    if (verbosity != Verbosity.QUIET && !errorOnly) {
      settle();
      err.line(text);
    }
  }

  private void line(String text) {
    if (verbosity == Verbosity.QUIET || errorOnly) {
      return;
    }
    if (out.hasRoom()) {
      out.line(text);
    } else {
      leftOut++;
    }
  }

  /** What standard error says next belongs below what standard output has said. */
  private void settle() {
    try {
      if (out.hasRoom()) {
        out.settle();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String prefix(int flow) {
    return plan.flows() == 1 ? "" : names.getOrDefault(flow, "[" + flow + "] ");
  }

  private static String sequence(long sequence) {
    return "seq=" + sequence;
  }

  static int port(SocketAddress address) {
    return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  static String address(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? io.netty.util.NetUtil.toSocketAddressString(inet)
        : address.toString();
  }

  private static String opening(PingConnection connection) {
    String connect = Milliseconds.of(connection.connectTime().toNanos());
    return connection.handshakeTime().isZero()
        ? connect
        : connect + ", handshake " + Milliseconds.of(connection.handshakeTime().toNanos());
  }
}
