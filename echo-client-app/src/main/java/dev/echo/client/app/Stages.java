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

  /**
   * Waits until a stage is complete and returns its value.
   *
   * @throws IllegalStateException if it failed: nothing that is waited for here fails but by a
   *     fault of this program
   */
  static <T> T value(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** A future that is complete, normally, once a stage is complete in whatever way. */
  static CompletableFuture<Void> settled(CompletionStage<?> stage) {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> settled.complete(null));
    return settled;
  }
}
