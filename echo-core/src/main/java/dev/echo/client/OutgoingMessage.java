package dev.echo.client;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * A message of unknown size, sent piece by piece while its echo is already coming back. Each piece
 * becomes one frame; the last one is held until the next piece or {@link #end()} shows whether the
 * message goes on, so a message of one piece is one frame. In stream mode pieces go out at once.
 *
 * <p>The methods may be called by any thread, but by one at a time. Stages complete on the event
 * loop.
 */
public final class OutgoingMessage {
  private final Conversation conversation;
  private final Message message;
  private final Runnable onEnd;
  private boolean ended;

  OutgoingMessage(Conversation conversation, Message message, Runnable onEnd) {
    this.conversation = conversation;
    this.message = message;
    this.onEnd = onEnd;
  }

  /**
   * Sends the next piece. At most the window and two pieces more are held in memory if the caller
   * waits for each stage before the next call.
   *
   * @param piece this method takes ownership; an empty one changes nothing
   * @return completes when the window has room for another piece; fails, with the connection's
   *     failure, if it never will
   * @throws IllegalStateException if the message has ended; the piece is released
   */
  public CompletionStage<Void> write(ByteBuf piece) {
    Objects.requireNonNull(piece, "piece (expected: a buffer)");
    if (ended) {
      ReferenceCountUtil.safeRelease(piece);
      throw new IllegalStateException("the message has ended");
    }
    return conversation.piece(message, piece);
  }

  /**
   * How far the echo has come.
   *
   * @return the bytes of this message that came back as they were sent, from the first one on; to
   *     be asked for when the stage of {@link #end()} is complete, in whatever way
   */
  public long echoedBytes() {
    return message.echoedBytes();
  }

  /**
   * Says that the last piece was given.
   *
   * @return completes when the whole message has come back equal
   * @throws IllegalStateException if the message has ended already
   */
  public CompletionStage<EchoReply> end() {
    if (ended) {
      throw new IllegalStateException("the message has ended");
    }
    ended = true;
    conversation.end(message);
    onEnd.run();
    return message.reply();
  }
}
