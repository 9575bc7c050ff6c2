package dev.echo.client.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waiting for stages, on threads that may. */
final class Stages {
  private Stages() {}

  /** Waits until a stage is complete and returns why it failed, or null. */
  static @Nullable Throwable failure(CompletionStage<?> stage) throws InterruptedException {
    try {
      stage.toCompletableFuture().get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /** A future that is complete, normally, once a stage is complete in whatever way. */
  static CompletableFuture<Void> settled(CompletionStage<?> stage) {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> settled.complete(null));
    return settled;
  }
}
