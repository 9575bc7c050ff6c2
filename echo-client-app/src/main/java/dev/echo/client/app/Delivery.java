package dev.echo.client.app;

import dev.echo.client.EchoReply;
import dev.echo.client.OutgoingMessage;
import dev.echo.client.app.message.Message;
import dev.echo.client.app.message.Pieces;
import dev.echo.frame.FrameType;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way over a connection, piece by piece. What was sent of it is kept until the
 * first byte comes back, if it may have to be sent over another connection: no more than the window
 * and two pieces. For one thread at a time.
 */
final class Delivery {
  private final long number;
  private final FrameType type;
  private final Pieces pieces;
  private final List<ByteBuf> kept = new ArrayList<>();
  private boolean isKeeping;
  private boolean isWhole;
  private OutgoingMessage out;
  private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);
  private @Nullable CompletableFuture<EchoReply> reply;
  private long bytes;
  private boolean heldUp;

  private Delivery(long number, Message message, Connection connection) throws IOException {
    this.number = number;
    type = message.type();
    pieces = message.open();
    out = connection.client().open(type);
  }

  /** One that is sent once. */
  static Delivery once(long number, Message message, Connection connection) throws IOException {
    return new Delivery(number, message, connection);
  }

  /** One that may have to be sent again. */
  static Delivery repeatable(long number, Message message, Connection connection)
      throws IOException {
    Delivery delivery = new Delivery(number, message, connection);
    delivery.isKeeping = true;
    return delivery;
  }

  /** Its number in the plan, from 1. */
  long number() {
    return number;
  }

  /** What became of it when its reply has failed. */
  Echo lost(int connection, Failure failure) {
    return Echo.lost(connection, number, type, bytes, out.echoedBytes(), failure);
  }

  /** Completes when another piece can be sent; fails if none ever can. */
  CompletableFuture<Void> room() {
    return room;
  }

  /** Completes with the echo; null until all of it was sent. */
  @Nullable CompletableFuture<EchoReply> reply() {
    return reply;
  }

  /** Another connection held it up. */
  void heldUp() {
    heldUp = true;
  }

  boolean wasHeldUp() {
    return heldUp;
  }

  /** Sends the next piece, or the end. */
  void next() throws IOException {
    ByteBuf piece = pieces.next();
    if (piece == null) {
      isWhole = true;
      end();
      return;
    }
    bytes += piece.readableBytes();
    if (isKeeping) {
      kept.add(piece.retainedDuplicate());
    }
    room = out.write(piece).toCompletableFuture();
  }

  /** Sends no more of it over this connection. */
  void end() {
    if (reply == null) {
      reply = out.end().toCompletableFuture();
    }
  }

  /** Sends everything again, over another connection. */
  void again(Connection next) {
    out = next.client().open(type);
    for (ByteBuf piece : kept) {
      room = out.write(piece.retainedDuplicate()).toCompletableFuture();
    }
    reply = isWhole ? out.end().toCompletableFuture() : null;
  }

  /** It need not be sent again. */
  void settle() {
    isKeeping = false;
    kept.forEach(ByteBuf::release);
    kept.clear();
  }

  void close() throws IOException {
    settle();
    pieces.close();
  }
}
