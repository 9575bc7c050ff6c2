package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class FrameMessageTest {
  private final ByteBuf content = Unpooled.directBuffer().writeInt(7);
  private final FrameMessage message = new FrameMessage(FrameType.TEXT, content, Stamp.request(1));

  @Test
  void owesItsContentToWhoeverHoldsIt() {
    assertThat(message.retain().retain(2).touch().touch("hint").refCnt()).isEqualTo(4);
    assertThat(message.release(3)).isFalse();
    assertThat(message.release()).isTrue();
    assertThat(content.refCnt()).isZero();
  }

  @Test
  void keepsTypeAndStampInItsCopies() {
    FrameMessage copy = message.copy();
    FrameMessage shared = message.retainedDuplicate();

    assertThat(copy).isEqualTo(message).isEqualTo(shared).isEqualTo(message.duplicate());
    assertThat(copy.release()).isTrue();
    assertThat(shared.release()).isFalse();
    assertThat(message.release()).isTrue();
  }

  @Test
  void announcesItselfAsOneFrame() {
    assertThat(message.head()).isEqualTo(new FrameHead(FrameType.TEXT, 4, false, Stamp.request(1)));
    message.release();
  }
}
