package dev.echo.client;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/** The bytes of streamed messages that are sent and have not come back. Event loop only. */
final class Window {
  private final long limitBytes;
  private final ArrayDeque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
  private long usedBytes;

  Window(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  void take(int bytes) {
    usedBytes += bytes;
  }

  void giveBack(int bytes) {
    usedBytes -= bytes;
    while (usedBytes < limitBytes && !waiting.isEmpty()) {
      waiting.remove().complete(null);
    }
  }

  /** Completes a stage when there is room. */
  void await(CompletableFuture<Void> room) {
    if (usedBytes < limitBytes) {
      room.complete(null);
    } else {
      waiting.add(room);
    }
  }

  void fail(Throwable why) {
    while (!waiting.isEmpty()) {
      waiting.remove().completeExceptionally(why);
    }
  }
}
