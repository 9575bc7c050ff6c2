package dev.echo.client;

import dev.echo.frame.FrameType;
import dev.echo.verify.Finding;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One datagram that was sent, until it is forgotten. Event loop only. */
final class SentDatagram {
  /** What became of it. */
  enum State {
    OPEN,
    ECHOED,
    LATE,
    LOST,
    WRONG
  }

  final long sequence;
  final FrameType type;
  final ByteBuf payload;
  final CompletableFuture<EchoReply> reply;
  State state = State.OPEN;
  long sentNanos;

  /** What became of it if it came back wrong. */
  @Nullable Finding finding;

  /** What its reply failed with when it was given up. */
  @Nullable DatagramException lostBy;

  /** The count in the stamp of its last answer. */
  long count;

  SentDatagram(long sequence, FrameType type, ByteBuf payload, CompletableFuture<EchoReply> reply) {
    this.sequence = sequence;
    this.type = type;
    this.payload = payload;
    this.reply = reply;
  }
}
