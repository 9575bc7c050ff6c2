package dev.echo.client;

import dev.echo.frame.FrameHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What must come back next: one frame, or in stream mode one piece. It holds the bytes that are
 * sent, with views and a reference of its own, since writing moves the indices of the buffer and
 * releases it.
 */
final class Expected {
  private final Message message;
  private final @Nullable FrameHead head;
  private final ByteBuf held;
  private final int length;
  private ByteBuffer @Nullable [] views;
  private int view;
  private int matched;
  private boolean last;

  private Expected(Message message, @Nullable FrameHead head, ByteBuf sent) {
    this.message = message;
    this.head = head;
    this.length = sent.readableBytes();
    this.held = length == 0 ? Unpooled.EMPTY_BUFFER : sent.retainedDuplicate();
  }

  static Expected frame(Message message, FrameHead head, ByteBuf payload) {
    Expected frame = new Expected(message, head, payload);
    frame.last = !head.more();
    return frame;
  }

  static Expected piece(Message message, ByteBuf piece) {
    return new Expected(message, null, piece);
  }

  Message message() {
    return message;
  }

  @Nullable FrameHead head() {
    return head;
  }

  int length() {
    return length;
  }

  boolean isWhole() {
    return matched == length;
  }

  boolean isLast() {
    return last;
  }

  void markLast() {
    last = true;
  }

  /**
   * Moves over the bytes that agree with the next ones that are expected, in both.
   *
   * @return how many
   */
  int match(ByteBuffer actual) {
    int before = matched;
    ByteBuffer[] all = views();
    while (actual.hasRemaining() && view < all.length) {
      ByteBuffer expected = all[view];
      int comparable = Math.min(expected.remaining(), actual.remaining());
      // Also says the shorter length if one only ends before the other.
      int at = expected.mismatch(actual);
      int equal = at < 0 ? comparable : at;
      expected.position(expected.position() + equal);
      actual.position(actual.position() + equal);
      matched += equal;
      if (equal < comparable) {
        break;
      }
      if (!expected.hasRemaining()) {
        view++;
      }
    }
    return matched - before;
  }

  /** Copies the beginning of what has not come back yet. */
  byte[] window() {
    return Difference.window(rest());
  }

  /** What has not come back yet; good as long as this is not released. */
  ByteBuf rest() {
    return held.slice(held.readerIndex() + matched, length - matched);
  }

  void release() {
    ReferenceCountUtil.safeRelease(held);
  }

  /** Views are made once: what is being written must not be asked for its internal ones. */
  private ByteBuffer[] views() {
    if (views == null) {
      views = held.nioBufferCount() < 0 ? copy() : held.nioBuffers();
    }
    return views;
  }

  private ByteBuffer[] copy() {
    ByteBuffer copy = ByteBuffer.allocate(length);
    held.getBytes(held.readerIndex(), copy);
    return new ByteBuffer[] {copy.flip()};
  }
}
