package dev.echo.client.app;

import dev.echo.client.ClientMode;
import dev.echo.client.EchoReply;
import dev.echo.client.UnreachableException;
import dev.echo.client.app.message.Supply;
import dev.echo.endpoint.UdpEndpoint;
import dev.echo.text.ExitStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Counts what becomes of a run's messages, and tells it, one thing at a time. For any thread. */
final class Telling {
  private final SendConfig config;
  private final ReplyOutput output;
  private final Report report;
  private final Tally tally;
  private final List<Throwable> unreachable = new ArrayList<>();
  private final CompletableFuture<Void> unusable = new CompletableFuture<>();

  Telling(SendConfig config, ReplyOutput output, Report report) {
    this.config = config;
    this.output = output;
    this.report = report;
    tally = new Tally(config.plan(), config.connections());
  }

  Tally tally() {
    return tally;
  }

  /** What becomes of the replies of a connection. */
  Replies replies(int connection) {
    return Replies.of(config.print(), connection, output);
  }

  /** Completes when something local cannot be used, so that there is no reason to go on. */
  CompletableFuture<Void> isUnusable() {
    return unusable;
  }

  /**
   * When nobody reads any more, what can be sent is verified all the same, but no more is read.
   *
   * @return what to call before the end: then what this cut off is told, too
   */
  Runnable endsWithItsOutput(Supply supply) {
    CompletableFuture<Void> told = output.broken().thenRun(() -> outputEnded(supply));
    return () -> {
      if (output.broken().isDone()) {
        told.join();
      }
    };
  }

  private void outputEnded(Supply supply) {
    if (output.failure().isPresent()) {
      // Told at the end.
      unusable.complete(null);
    } else if (supply.end()) {
      failed(
          new Failure(
              ExitStatus.INCOMPLETE,
              0,
              "standard output was closed, so the rest of the input was not sent",
              List.of()));
    }
  }

  /** Something to add to failures that were told. */
  void remark(Failure remark) {
    report.failure(remark);
  }

  /** Why a connection failed. */
  Failure failure(int connection, Throwable cause) {
    return Failure.of(connection, config.endpoint(), cause);
  }

  /**
   * Says whether an echo shows that somebody is there: in stream mode an empty message has none.
   */
  boolean proves(EchoReply reply) {
    return reply.bytes() > 0 || config.client().mode() == ClientMode.FRAMES;
  }

  /** A message came back: what is left of it is printed, then told of. */
  synchronized void echoed(Replies replies, Echo echo) throws InterruptedException {
    tally.echoed(echo);
    EchoReply reply = echo.reply();
    if (reply != null && proves(reply)) {
      tally.proved();
    }
    replies.end();
    output.settle();
    report.message(echo);
  }

  /** A message did not come back. */
  void lost(Echo echo) {
    tally.lost(echo);
    report.message(echo);
  }

  /** Something failed. */
  void failed(Failure failure) {
    tally.failed(failure);
    report.failure(failure);
  }

  /** Something failed. */
  void failed(int connection, Throwable cause) {
    failed(failure(connection, cause));
  }

  /** Something local cannot be used: told once, however many connections need it. */
  void unusable(Failure failure) {
    if (unusable.complete(null)) {
      failed(failure);
    }
  }

  /** A connection could not be made: told by {@link #tellUnreachable()}, a reason once. */
  void unreachable(Throwable cause) {
    synchronized (unreachable) {
      unreachable.add(cause);
    }
  }

  private Failure withAdvice(Throwable cause, int connected) {
    Failure failure = failure(0, cause);
    if (!(cause instanceof UnreachableException unreachable)
        || config.endpoint() instanceof UdpEndpoint) {
      return failure;
    }
    if (connected > 0) {
      return failure.insteadOfDetails(
          String.format(
              Locale.ROOT,
              "%d of %d connections were accepted: is there a limit on connections?",
              connected,
              config.connections()));
    }
    return switch (unreachable.reason()) {
      case REFUSED ->
          unreachable.mayMend()
              ? failure
                  .with(config.target().hint())
                  .and("or let the client wait until it is there: --wait 10s")
              : failure;
      case TIMEOUT -> failure.and("or let the client go on trying: --wait 10s");
      case DNS -> failure.with(config.target().text());
      case UNREACHABLE, TLS, NO_WEBSOCKET -> failure;
    };
  }

  /** Tells which connections could not be made. */
  void tellUnreachable() {
    int connected = tally.summary().connections();
    Map<Failure, Integer> failures = new LinkedHashMap<>();
    synchronized (unreachable) {
      unreachable.forEach(cause -> failures.merge(withAdvice(cause, connected), 1, Integer::sum));
      unreachable.clear();
    }
    failures.forEach(this::tell);
  }

  private void tell(Failure failure, int count) {
    tally.unreachable(failure, count);
    String times = count == 1 ? "" : " (" + count + " connections)";
    report.failure(new Failure(failure.status(), 0, failure.sentence() + times, failure.details()));
  }

  /** Says so if nothing was proved although nothing failed. */
  void checkProof() {
    Tally.Summary summary = tally.summary();
    if (summary.status() == ExitStatus.OK && summary.proved() == 0) {
      failed(nothing(summary.messages()));
    }
  }

  /** Says so, before anything is sent, if it is clear that nothing can be proved. */
  boolean isNothing() {
    boolean nothing = config.client().mode() == ClientMode.STREAM && config.plan().bytes() == 0;
    if (nothing) {
      unusable(nothing(config.plan().count()));
    }
    return nothing;
  }

  private static Failure nothing(long messages) {
    return messages == 0
        ? Failure.usage("nothing to send: the input has no messages (expected: at least one)")
        : Failure.usage(
            "nothing to send: in stream mode an empty message has no bytes",
            "--mode frames sends empty messages, too");
  }
}
