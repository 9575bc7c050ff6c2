package dev.echo.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages on their way out, in the order of the calls: whole ones wait while a streamed one is
 * open. Event loop only.
 */
final class Outgoing {
  private record Whole(Message message, ByteBuf payload) {}

  private final Dialect dialect;
  private final Window window;
  private final ArrayDeque<Whole> waiting = new ArrayDeque<>();
  private @Nullable Message open;

  Outgoing(Dialect dialect, Window window) {
    this.dialect = dialect;
    this.window = window;
  }

  boolean isIdle() {
    return open == null && waiting.isEmpty();
  }

  void send(ChannelHandlerContext ctx, Message message, ByteBuf payload) {
    if (open != null) {
      waiting.add(new Whole(message, payload));
      return;
    }
    try {
      writeOrRelease(ctx, message, payload);
      dialect.end(ctx, message);
    } catch (IllegalArgumentException notSent) {
      message.fail(notSent);
    }
  }

  void open(Message message) {
    open = message;
  }

  /**
   * Writes a piece of a message, if it is open.
   *
   * @throws IllegalArgumentException if the piece must not be sent and others of the message were
   */
  void piece(
      ChannelHandlerContext ctx, Message message, ByteBuf piece, CompletableFuture<Void> room) {
    if (open != message || message.failure() != null) {
      room.completeExceptionally(message.failureOr("the message is not open"));
      ReferenceCountUtil.safeRelease(piece);
      return;
    }
    try {
      writeOrRelease(ctx, message, piece);
      window.await(room);
    } catch (IllegalArgumentException notSent) {
      room.completeExceptionally(notSent);
      if (message.hasBegun()) {
        throw notSent;
      }
      message.fail(notSent);
    }
  }

  void end(ChannelHandlerContext ctx, Message message) {
    if (open != message) {
      return;
    }
    open = null;
    if (message.failure() == null) {
      dialect.end(ctx, message);
    }
    while (open == null && !waiting.isEmpty()) {
      Whole next = waiting.remove();
      send(ctx, next.message(), next.payload());
    }
  }

  void fail(Throwable why) {
    dialect.release();
    if (open != null) {
      open.fail(why);
      open = null;
    }
    while (!waiting.isEmpty()) {
      Whole next = waiting.remove();
      next.message().fail(why);
      ReferenceCountUtil.safeRelease(next.payload());
    }
    window.fail(why);
  }

  private void writeOrRelease(ChannelHandlerContext ctx, Message message, ByteBuf piece) {
    if (piece.refCnt() == 0) {
      throw new IllegalArgumentException(
          "the buffer was released before it was sent (expected: one that is still held)");
    }
    if (piece.isReadable()) {
      dialect.write(ctx, message, piece);
    } else {
      ReferenceCountUtil.safeRelease(piece);
    }
  }
}
