package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.CoalescingBufferQueue;
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

  /** As what waits for encryption, of which Netty tells in a task of the loop. */
  @Test
  void doesNotWaitForTheEventOfWhatIsCountedElsewhere() {
    channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(10, 20));
    CoalescingBufferQueue waiting = new CoalescingBufferQueue(channel, 1, true);
    waiting.add(Unpooled.wrappedBuffer(new byte[100]));
    assertThat(events).isEmpty();

    List<Boolean> whileFull = new ArrayList<>();
    channel
        .pipeline()
        .addFirst(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelReadComplete(ChannelHandlerContext ctx) {
                ctx.fireChannelReadComplete();
                whileFull.add(ctx.channel().config().isAutoRead());
              }
            });

    channel.pipeline().fireChannelReadComplete();
    waiting.writeAndRemoveAll(channel.pipeline().lastContext());
    channel.flush();

    assertThat(whileFull).containsExactly(false);
    assertThat(channel.config().isAutoRead()).isTrue();
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
