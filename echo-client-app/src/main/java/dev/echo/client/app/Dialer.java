package dev.echo.client.app;

import dev.echo.client.EchoClient;
import dev.echo.client.ReplyListener;
import io.netty.bootstrap.Bootstrap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Makes one connection after the other. */
final class Dialer {
  private final SendConfig config;
  private final Bootstrap bootstrap;

  Dialer(SendConfig config, Bootstrap bootstrap) {
    this.config = config;
    this.bootstrap = bootstrap;
  }

  /**
   * Makes a connection.
   *
   * @param listener of its replies
   * @return fails with the reason
   */
  CompletableFuture<Connection> dial(ReplyListener listener) {
    return EchoClient.connect(bootstrap, config.endpoint(), config.client(listener))
        .thenApply(Connection::new)
        .toCompletableFuture();
  }

  /** The same, after a pause. */
  CompletableFuture<Connection> dialAgain(ReplyListener listener) {
    return CompletableFuture.supplyAsync(
            () -> dial(listener),
            CompletableFuture.delayedExecutor(Patience.PAUSE_NANOS, TimeUnit.NANOSECONDS))
        .thenCompose(attempt -> attempt);
  }
}
