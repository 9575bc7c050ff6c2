package dev.echo.client.app;

import dev.echo.client.ReplyListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What becomes of one connection's replies. The content comes on the event loop; a message ends on
 * the thread that feeds, after its content.
 */
interface Replies extends ReplyListener {
  /** Prints what is left of a reply that came back whole. */
  void end();

  /** Completes when more can be printed: whoever sends waits for it, so little is ever queued. */
  CompletableFuture<Void> room();

  /** Chooses what a connection prints. */
  static Replies of(Print print, int connection, ReplyOutput output) {
    boolean terminal = output.destination().isTerminal();
    return switch (print) {
      case REPLY ->
          terminal
              ? new PreviewReplies(connection, output)
              : connection == 1 ? raw(output) : nothing();
      case HEX ->
          terminal
              ? new HexReplies("[" + connection + "] ", output)
              : connection == 1 ? new HexReplies("", output) : nothing();
      case NONE -> nothing();
      case JSON -> then(content -> {}, output::room);
    };
  }

  private static Replies nothing() {
    return then(content -> {}, () -> CompletableFuture.completedFuture(null));
  }

  private static Replies raw(ReplyOutput output) {
    return then(content -> output.write(ByteBufUtil.getBytes(content)), output::room);
  }

  private static Replies then(ReplyListener listener, Supplier<CompletableFuture<Void>> room) {
    return new Replies() {
      @Override
      public void content(ByteBuf content) {
        listener.content(content);
      }

      @Override
      public void end() {}

      @Override
      public CompletableFuture<Void> room() {
        return room.get();
      }
    };
  }
}
