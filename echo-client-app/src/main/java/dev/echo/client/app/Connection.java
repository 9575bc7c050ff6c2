package dev.echo.client.app;

import dev.echo.client.EchoClient;
import dev.echo.client.EchoReply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection that was made, and how it ended. For any thread, but for its times. */
final class Connection {
  private final EchoClient client;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private volatile @Nullable Throwable failure;
  private boolean used;

  Connection(EchoClient client) {
    this.client = client;
    client
        .ended()
        .whenComplete(
            (summary, cause) -> {
              failure = cause;
              over.complete(null);
            });
  }

  EchoClient client() {
    return client;
  }

  /** Completes when the connection has ended, in whatever way. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Why it ended, or null if it did not, or in order. */
  @Nullable Throwable failure() {
    return failure;
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
