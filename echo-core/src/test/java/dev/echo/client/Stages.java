package dev.echo.client;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for stages, with a limit. */
final class Stages {
  private static final long SECONDS = 20;

  private Stages() {}

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  /** Waits inside a script. */
  static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("nobody came");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The failure as {@code whenComplete} sees it. */
  static Throwable failure(CompletionStage<?> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    stage.whenComplete(
        (value, why) ->
            failure.complete(why == null ? new AssertionError("completed: " + value) : why));
    return failure.get(SECONDS, TimeUnit.SECONDS);
  }

  static <T extends Throwable> T failure(CompletionStage<?> stage, Class<T> type)
      throws InterruptedException, ExecutionException, TimeoutException {
    Throwable why = failure(stage);
    if (!type.isInstance(why)) {
      throw new AssertionError("expected " + type.getSimpleName() + ", but: " + why, why);
    }
    return type.cast(why);
  }
}
