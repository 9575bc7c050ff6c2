package dev.echo.client.app;

import dev.echo.client.EchoClient;
import dev.echo.client.ReplyListener;
import dev.echo.client.UnreachableException;
import dev.echo.text.Durations;
import io.netty.bootstrap.Bootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** Makes all connections at the same time, and goes on trying for as long as it may. */
final class Dialer {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final SendConfig config;
  private final Bootstrap bootstrap;
  private final Report report;
  private final long deadlineNanos;
  private final AtomicBoolean waiting = new AtomicBoolean();

  Dialer(SendConfig config, Bootstrap bootstrap, Report report) {
    this.config = config;
    this.bootstrap = bootstrap;
    this.report = report;
    this.deadlineNanos = System.nanoTime() + config.waitTime().toNanos();
  }

  /**
   * Connects, and tells which connections could not be made: a reason once.
   *
   * @param received counts the bytes of replies
   * @return those that could
   */
  List<Connection> dial(ReplyOutput output, LongAdder received, Tally tally) {
    List<Replies> replies = new ArrayList<>();
    List<CompletableFuture<EchoClient>> attempts = new ArrayList<>();
    for (int number = 1; number <= config.connections(); number++) {
      Replies listener = Replies.of(config.print(), number, output);
      replies.add(listener);
      CompletableFuture<EchoClient> attempt = new CompletableFuture<>();
      attempts.add(attempt);
      attempt(
          attempt,
          content -> {
            received.add(content.readableBytes());
            listener.content(content);
          });
    }
    List<Connection> connections = new ArrayList<>();
    List<Throwable> causes = new ArrayList<>();
    for (int i = 0; i < attempts.size(); i++) {
      try {
        connections.add(new Connection(i + 1, attempts.get(i).join(), replies.get(i)));
        tally.connected();
      } catch (CompletionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        causes.add(cause);
      }
    }
    Map<Failure, Integer> failures = new LinkedHashMap<>();
    for (Throwable cause : causes) {
      failures.merge(failure(cause, connections.size()), 1, Integer::sum);
    }
    failures.forEach((failure, count) -> tell(failure, count, tally));
    return connections;
  }

  private Failure failure(Throwable cause, int connected) {
    Failure failure = Failure.of(0, config.endpoint(), cause);
    if (!(cause instanceof UnreachableException unreachable)) {
      return failure;
    }
    if (connected > 0) {
      return failure.insteadOfDetails(
          "%d of %d connections were accepted: is there a limit on connections?"
              .formatted(connected, config.connections()));
    }
    return switch (unreachable.reason()) {
      case REFUSED ->
          failure
              .with(config.target().hint())
              .and("or let the client wait until it is there: --wait 10s");
      case TIMEOUT -> failure.and("or let the client go on trying: --wait 10s");
      case DNS -> failure.with(config.target().text());
      case UNREACHABLE, TLS, NO_WEBSOCKET -> failure;
    };
  }

  private void tell(Failure failure, int count, Tally tally) {
    tally.unreachable(failure, count);
    String times = count == 1 ? "" : " (" + count + " connections)";
    report.failure(new Failure(failure.status(), 0, failure.sentence() + times, failure.details()));
  }

  private void attempt(CompletableFuture<EchoClient> result, ReplyListener listener) {
    EchoClient.connect(bootstrap, config.endpoint(), config.client(listener))
        .whenComplete(
            (client, failure) -> {
              if (failure == null) {
                result.complete(client);
              } else if (failure instanceof UnreachableException unreachable
                  && System.nanoTime() + RETRY_NANOS - deadlineNanos < 0) {
                retry(result, listener, unreachable);
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  private void retry(
      CompletableFuture<EchoClient> result, ReplyListener listener, UnreachableException why) {
    if (waiting.compareAndSet(false, true)) {
      report.note(
          "waiting up to "
              + Durations.format(config.waitTime())
              + " for "
              + config.endpoint()
              + " ("
              + why.reason()
              + ")");
    }
    CompletableFuture.delayedExecutor(RETRY_NANOS, TimeUnit.NANOSECONDS)
        .execute(() -> attempt(result, listener));
  }
}
