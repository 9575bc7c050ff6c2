package dev.echo.client.app;

import dev.echo.client.DatagramClient;
import dev.echo.client.DatagramCounts;
import dev.echo.client.DatagramException;
import dev.echo.client.EchoReply;
import dev.echo.client.UnreachableException;
import dev.echo.frame.FrameType;
import dev.echo.text.ExitStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are on their way over one UDP socket, and what is told of them, in the order in
 * which they come back. For the thread that feeds.
 */
final class DatagramFlight {
  /** Long enough for an echo that comes; one that does not holds up no other. */
  private static final long PAUSE_MILLIS = 1000;

  private static final int MAX_MISSING_LINES = 20;

  private record Sent(
      long number, FrameType type, ByteBuf payload, CompletableFuture<EchoReply> reply) {}

  private final int number;
  private final DatagramClient client;
  private final Telling telling;
  private final Replies replies;
  private final Queue<Sent> sent = new ArrayDeque<>();
  private @Nullable Sent newest;
  private boolean unreachable;
  private long missing;

  DatagramFlight(int number, DatagramClient client, Telling telling) {
    this.number = number;
    this.client = client;
    this.telling = telling;
    replies = telling.replies(number);
  }

  int number() {
    return number;
  }

  boolean isOpen() {
    return !client.ended().toCompletableFuture().isDone();
  }

  boolean isUnreachable() {
    return unreachable;
  }

  Optional<DatagramException> firstWrong() {
    return client.firstWrong();
  }

  void send(long message, FrameType type, byte[] bytes) {
    CompletableFuture<EchoReply> reply =
        client.echo(type, Unpooled.wrappedBuffer(bytes)).toCompletableFuture();
    newest = new Sent(message, type, Unpooled.wrappedBuffer(bytes), reply);
    sent.add(newest);
  }

  /** Waits a while for the echo of the newest one, and tells what has come. */
  void awaitPause() throws InterruptedException {
    if (newest != null) {
      await(newest, PAUSE_MILLIS);
    }
    for (Sent each : sent.toArray(Sent[]::new)) {
      if (each.reply.isDone()) {
        sent.remove(each);
        tell(each);
      }
    }
  }

  /** Waits for everything, and for what nobody sent. */
  void settle() throws InterruptedException {
    for (Sent next = sent.poll(); next != null; next = sent.poll()) {
      Stages.failure(next.reply);
      tell(next);
    }
    if (isOpen()) {
      Stages.failure(client.finish());
    }
  }

  /** Ends it, and says what became of all. */
  DatagramCounts close() {
    client.close();
    if (missing > MAX_MISSING_LINES) {
      String more = "(and " + (missing - MAX_MISSING_LINES) + " more)";
      telling.failed(new Failure(ExitStatus.OK, number, more, List.of()));
    }
    return client.counts().toCompletableFuture().join();
  }

  private static void await(Sent message, long millis) throws InterruptedException {
    try {
      message.reply.get(Math.max(1, millis), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Told in its turn.
      return;
    }
  }

  private void tell(Sent message) throws InterruptedException {
    Throwable cause = Stages.failure(message.reply);
    if (cause == null) {
      EchoReply reply = message.reply.join();
      replies.content(message.payload.duplicate());
      telling.echoed(replies, Echo.of(number, message.number, reply, null));
      return;
    }
    Failure failure = telling.failure(number, cause);
    telling.lost(
        Echo.lost(
            number, message.number, message.type, message.payload.readableBytes(), 0, failure));
    if (cause instanceof UnreachableException) {
      if (!unreachable) {
        unreachable = true;
        telling.tally().withdrawn();
        telling.unreachable(cause);
        telling.tellUnreachable();
      }
    } else if (cause instanceof DatagramException datagram
        && datagram.kind() == DatagramException.Kind.WRONG) {
      return;
    } else {
      if (++missing <= MAX_MISSING_LINES) {
        telling.failed(failure);
      } else {
        telling.tally().failed(failure);
      }
    }
  }
}
