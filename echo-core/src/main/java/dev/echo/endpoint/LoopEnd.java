package dev.echo.endpoint;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.FutureListener;
import java.util.concurrent.CompletableFuture;

/** The end of an event loop, which does not always tell what becomes of its work. */
public final class LoopEnd {
  private LoopEnd() {}

  /**
   * Runs something when a loop has ended, unless that is of no interest any more.
   *
   * @param loop or several; that of an {@link EmbeddedChannel} never ends
   * @param until from when on nobody asks
   * @param over is run on another thread
   */
  public static void watch(EventExecutorGroup loop, CompletableFuture<?> until, Runnable over) {
    FutureListener<Object> ended = end -> over.run();
    try {
      loop.terminationFuture().addListener(ended);
    } catch (UnsupportedOperationException embedded) {
      return;
    }
    until.whenComplete((value, why) -> loop.terminationFuture().removeListener(ended));
  }
}
