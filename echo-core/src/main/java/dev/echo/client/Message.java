package dev.echo.client;

import dev.echo.frame.FrameType;
import dev.echo.frame.Stamp;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A message from the call that gave it until its last byte has come back. */
final class Message {
  private static final long NOT_BEGUN = -1;

  private final FrameType type;
  private final @Nullable Window window;
  private final CompletableFuture<EchoReply> reply;
  private long number = NOT_BEGUN;
  private long sentNanos;
  private long echoedBytes;
  private @Nullable Stamp stamp;
  private @Nullable Throwable failure;

  private Message(FrameType type, CompletableFuture<EchoReply> reply, @Nullable Window window) {
    this.type = type;
    this.reply = reply;
    this.window = window;
  }

  static Message whole(FrameType type, CompletableFuture<EchoReply> reply) {
    return new Message(type, reply, null);
  }

  static Message streamed(FrameType type, CompletableFuture<EchoReply> reply, Window window) {
    return new Message(type, reply, window);
  }

  FrameType type() {
    return type;
  }

  CompletableFuture<EchoReply> reply() {
    return reply;
  }

  boolean hasBegun() {
    return number != NOT_BEGUN;
  }

  long number() {
    return number;
  }

  void begin(long index) {
    number = index;
  }

  void sentAt(long nanos) {
    sentNanos = nanos;
  }

  void stamped(Stamp filled) {
    stamp = filled;
  }

  long echoedBytes() {
    return echoedBytes;
  }

  void expecting(int bytes) {
    if (window != null) {
      window.take(bytes);
    }
  }

  void echoed(int bytes) {
    echoedBytes += bytes;
    if (window != null) {
      window.giveBack(bytes);
    }
  }

  void complete(long nowNanos) {
    reply.complete(new EchoReply(type, echoedBytes, nowNanos - sentNanos, stamp));
  }

  @Nullable Throwable failure() {
    return failure;
  }

  Throwable failureOr(String otherwise) {
    return failure == null ? new IllegalStateException(otherwise) : failure;
  }

  void fail(Throwable why) {
    failure = why;
    reply.completeExceptionally(why);
  }
}
