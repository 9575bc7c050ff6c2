package dev.echo.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import org.jspecify.annotations.Nullable;

/**
 * A whole message, as {@link FrameAggregator} emits it. Whoever receives it owns its content and
 * releases it by {@link #release()}.
 *
 * @param type what the message carries; never ERROR
 * @param content the payload of all its frames, one behind the other
 * @param stamp the stamp of the first frame, or null if that had none
 */
public record FrameMessage(FrameType type, ByteBuf content, @Nullable Stamp stamp)
    implements ByteBufHolder {

  /**
   * Makes the head of this message as one frame: written by a {@link FrameEncoder} in front of the
   * content.
   *
   * @return the head of a frame that takes all of the content
   */
  public FrameHead head() {
    return new FrameHead(type, content.readableBytes(), false, stamp);
  }

  @Override
  public FrameMessage copy() {
    return replace(content.copy());
  }

  @Override
  public FrameMessage duplicate() {
    return replace(content.duplicate());
  }

  @Override
  public FrameMessage retainedDuplicate() {
    return replace(content.retainedDuplicate());
  }

  @Override
  public FrameMessage replace(ByteBuf other) {
    return new FrameMessage(type, other, stamp);
  }

  @Override
  public int refCnt() {
    return content.refCnt();
  }

  @Override
  public FrameMessage retain() {
    content.retain();
    return this;
  }

  @Override
  public FrameMessage retain(int increment) {
    content.retain(increment);
    return this;
  }

  @Override
  public FrameMessage touch() {
    content.touch();
    return this;
  }

  @Override
  public FrameMessage touch(Object hint) {
    content.touch(hint);
    return this;
  }

  @Override
  public boolean release() {
    return content.release();
  }

  @Override
  public boolean release(int decrement) {
    return content.release(decrement);
  }
}
