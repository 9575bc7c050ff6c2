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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are on their way over one UDP socket, and what is told of them, in the order in
 * which they come back. For one thread at a time.
 */
final class DatagramFlight {
  private static final int MAX_MISSING_LINES = 20;

  private record Sent(
      long number, FrameType type, ByteBuf payload, CompletableFuture<EchoReply> reply) {}

  private final int number;
  private final DatagramClient client;
  private final Telling telling;
  private final Replies replies;
  private final Queue<Sent> sent = new ArrayDeque<>();

  /** They are told when it is known whether they came late. */
  private final List<Sent> lost = new ArrayList<>();

  private boolean unreachable;
  private long missing;

  DatagramFlight(int number, DatagramClient client, Telling telling) {
    this.number = number;
    this.client = client;
    this.telling = telling;
    replies = telling.replies(number);
  }

  /** Completes when the socket is closed, by this side or since nobody listens there. */
  CompletableFuture<?> ended() {
    return client.ended().toCompletableFuture();
  }

  /** Completes when more can be printed. */
  CompletableFuture<Void> room() {
    return replies.room();
  }

  /** Sends a message, and completes with its echo. */
  CompletableFuture<EchoReply> send(long message, FrameType type, byte[] bytes) {
    CompletableFuture<EchoReply> reply =
        client.echo(type, Unpooled.wrappedBuffer(bytes)).toCompletableFuture();
    telling.tally().sending(message);
    sent.add(new Sent(message, type, Unpooled.wrappedBuffer(bytes), reply));
    return reply;
  }

  /** The echo that was waited for longest; null if there is none. */
  @Nullable CompletableFuture<EchoReply> oldest() {
    Sent oldest = sent.peek();
    return oldest == null ? null : oldest.reply;
  }

  /** Tells what has come, and what will not come any more, but for what may yet come late. */
  void tellWhatCame() throws InterruptedException {
    for (Iterator<Sent> each = sent.iterator(); each.hasNext(); ) {
      Sent next = each.next();
      if (next.reply.isDone()) {
        each.remove();
        if (isLost(Stages.failure(next.reply))) {
          lost.add(next);
        } else {
          tell(next);
        }
      }
    }
  }

  /** Waits for what nobody sent, and closes. */
  void finish() {
    client.finish();
  }

  /** Closes, as if the messages had never been sent. */
  void abandon() {
    sent.forEach(each -> telling.tally().withdrawnMessage());
    sent.clear();
    client.close();
  }

  /** Closes, and counts what became of all. */
  void close() throws InterruptedException {
    client.close();
    for (Sent each : lost) {
      tell(each);
    }
    count(client.counts().toCompletableFuture().join());
  }

  private void count(DatagramCounts counts) {
    telling.tally().datagrams(counts);
    if (missing > MAX_MISSING_LINES) {
      String more = "(and " + (missing - MAX_MISSING_LINES) + " more)";
      telling.remark(new Failure(ExitStatus.OK, number, more, List.of()));
    }
    if (counts.isDamaged()) {
      client.firstWrong().ifPresent(why -> telling.failed(number, why));
    }
    if (counts.sent() > 0 && missing == counts.sent() && !counts.cameAny()) {
      telling.failed(new Failure(ExitStatus.INCOMPLETE, number, "nothing came back", List.of()));
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
      }
    } else if (!isWrong(cause)) {
      if (++missing <= MAX_MISSING_LINES) {
        telling.failed(failure);
      } else {
        telling.tally().failed(failure);
      }
    }
  }

  private static boolean isLost(@Nullable Throwable cause) {
    return cause instanceof DatagramException datagram
        && datagram.kind() == DatagramException.Kind.LOST;
  }

  private static boolean isWrong(Throwable cause) {
    return cause instanceof DatagramException datagram
        && datagram.kind() == DatagramException.Kind.WRONG;
  }
}
