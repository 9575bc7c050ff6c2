package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadGateTest {
  private final List<Object> events = new ArrayList<>();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          ReadGate.INSTANCE,
          new ChannelInboundHandlerAdapter() {
            @Override
            public void channelWritabilityChanged(ChannelHandlerContext ctx) {
              events.add(ctx.channel().isWritable());
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
              events.add(evt);
            }
          });

  @Test
  void followsTheWritabilityOfTheChannel() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));

    channel.write(Unpooled.wrappedBuffer(new byte[100]));
    boolean whileFull = channel.config().isAutoRead();
    channel.flush();

    assertThat(whileFull).isFalse();
    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(events).containsExactly(false, true);
    assertThat(channel.releaseOutbound()).isTrue();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void opensWhenTheOutputIsFinished() {
    channel.config().setAutoRead(false);

    channel.pipeline().fireUserEventTriggered(ChannelOutputShutdownEvent.INSTANCE);

    assertThat(channel.config().isAutoRead()).isTrue();
    assertThat(events).containsExactly(ChannelOutputShutdownEvent.INSTANCE);
    assertThat(channel.finish()).isFalse();
  }
}
