package dev.echo.client.app;

import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One connection of a run, and what becomes of its replies. */
final class Connection {
  private final int number;
  private final EchoClient client;
  private final Replies replies;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile @Nullable Throwable failure;
  private volatile boolean finishing;
  private boolean used;

  Connection(int number, EchoClient client, Replies replies) {
    this.number = number;
    this.client = client;
    this.replies = replies;
    client
        .ended()
        .whenComplete(
            (summary, cause) -> {
              failure = cause;
              over.complete(null);
            });
  }

  /** From 1 on. */
  int number() {
    return number;
  }

  EchoClient client() {
    return client;
  }

  Replies replies() {
    return replies;
  }

  /** Completes when the connection has ended, in whatever way. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Why it ended, or null if it did not, or in order. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Says whether its end is what this side asked for. */
  boolean isFinishing() {
    return finishing;
  }

  void finish() {
    finishing = true;
    client.finish();
  }

  /** Says so to the first caller only: a failure is told once. */
  boolean tell() {
    return told.compareAndSet(false, true);
  }

  /**
   * How long connecting took.
   *
   * @param connect the TCP connect
   * @param handshake what came after it; 0 if nothing did
   */
  record Times(Duration connect, Duration handshake) {}

  /** How long connecting took, for the first reply; then null. */
  @Nullable Times timesOnce(EchoReply first) {
    if (used || first.serviceTimeNanos() < 0) {
      return null;
    }
    used = true;
    return new Times(client.connectTime(), client.handshakeTime());
  }
}
