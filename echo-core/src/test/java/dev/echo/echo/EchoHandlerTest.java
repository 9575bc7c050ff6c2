package dev.echo.echo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.echo.duplex.SocketEndHandler;
import dev.echo.frame.ErrorCode;
import dev.echo.frame.FrameError;
import dev.echo.metrics.EchoObserver;
import dev.echo.testing.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EchoHandlerTest {
  private static final FrameError END = new FrameError(ErrorCode.DRAINING, "over");

  private final List<String> seen = new ArrayList<>();
  private long echoedBytes;
  private final EchoObserver observer =
      new EchoObserver() {
        @Override
        public void echoed(Channel connection, long bytes) {
          echoedBytes += bytes;
        }

        @Override
        public void ended(Channel connection, String why) {
          seen.add("ended: " + why);
        }

        @Override
        public void failed(Channel connection, Throwable cause) {
          seen.add("failed: " + cause.getMessage());
        }
      };
  private final EmbeddedChannel channel =
      new EmbeddedChannel(SocketEndHandler.INSTANCE, new EchoHandler(observer));

  @Test
  void writesBackTheVeryBufferThatWasRead() {
    ByteBuf sent = Unpooled.copiedBuffer(new byte[] {1, 2, 3});

    channel.writeInbound(sent);

    ByteBuf echo = channel.readOutbound();
    assertThat(echo).isSameAs(sent);
    assertThat(echoedBytes).isEqualTo(3);
    echo.release();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void flushesOnceABatch() {
    FlushCounter flushes = new FlushCounter();
    EmbeddedChannel batched =
        new EmbeddedChannel(SocketEndHandler.INSTANCE, flushes, new EchoHandler(observer));

    batched.writeInbound(Unpooled.wrappedBuffer(new byte[1]), Unpooled.wrappedBuffer(new byte[2]));

    assertThat(flushes.count).isEqualTo(1);
    assertThat(batched.<ByteBuf>readOutbound().readableBytes()).isEqualTo(1);
    assertThat(batched.<ByteBuf>readOutbound().readableBytes()).isEqualTo(2);
    assertThat(batched.finish()).isFalse();
  }

  @Test
  void closesBehindTheEchoWhenThePeerHasFinished() {
    channel.writeInbound(Unpooled.copiedBuffer(new byte[] {9}));

    channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);

    assertThat(read()).isEqualTo(Bytes.of((byte) 9));
    assertThat(read()).isEqualTo(Bytes.NONE);
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void tellsWhyItEndsAConnectionOnce() {
    channel.pipeline().fireUserEventTriggered(END);
    channel.pipeline().fireUserEventTriggered(END);

    assertThat(seen).containsExactly("ended: over");
    assertThat(read()).isEqualTo(Bytes.NONE);
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void closesOnAnExceptionAndTells() {
    channel.pipeline().fireExceptionCaught(new IOException("reset"));

    assertThat(seen).containsExactly("failed: reset");
    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void forwardsEventsThatAreNotItsOwn() {
    List<Object> events = new ArrayList<>();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void userEventTriggered(ChannelHandlerContext ctx, Object evt) {
                events.add(evt);
              }
            });

    channel.pipeline().fireUserEventTriggered("anything");

    assertThat(events).containsExactly("anything");
    assertThat(channel.finish()).isFalse();
  }

  private Bytes read() {
    ByteBuf out = channel.readOutbound();
    Bytes bytes = Bytes.of(out);
    out.release();
    return bytes;
  }
}
