package dev.echo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
  @Test
  void returnsWhatTheEncoderWroteAfterAPlainPeersEcho() {
    EmbeddedChannel channel =
        new EmbeddedChannel(FrameDecoder.forClient(), FrameEncoder.forClient());
    ByteBuf payload = Unpooled.copiedBuffer("hello", StandardCharsets.UTF_8);

    channel.writeOutbound(new FrameHead(FrameType.TEXT, 5, false, Stamp.request(7)), payload);
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      channel.writeInbound(out);
    }

    assertThat(channel.<Object>readInbound()).isEqualTo(PeerPreface.PLAIN);
    assertThat(channel.<Object>readInbound())
        .isEqualTo(new FrameHead(FrameType.TEXT, 5, false, Stamp.request(7)));
    ByteBuf piece = channel.readInbound();
    assertThat(piece.toString(StandardCharsets.UTF_8)).isEqualTo("hello");
    piece.release();
    assertThat(channel.<Object>readInbound()).isEqualTo(FrameEnd.INSTANCE);
    assertThat(channel.finish()).isFalse();
  }
}
