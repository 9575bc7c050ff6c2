package dev.echo.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import dev.echo.echo.Bursts.Burst;
import dev.echo.metrics.EchoObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.Test;

class BurstHandlerTest {
  private final Bursts bursts = new Bursts();
  private final EmbeddedChannel channel =
      new EmbeddedChannel(new BurstHandler(bursts), new EchoHandler(EchoObserver.NONE));

  @Test
  void answersAtOnceWhenItIsAloneOnItsLoop() {
    read();

    takesOneAnswer();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersBehindTheRoundWhenTheLoopHasOthersToRead() {
    bursts.joined(channel.eventLoop());
    channel.config().setAutoRead(false); // An embedded channel runs its tasks when it reads on.

    read();

    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    channel.runPendingTasks();
    takesOneAnswer();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void answersAtOnceAgainWhenTheOthersHaveLeft() {
    bursts.joined(channel.eventLoop()).left();

    read();

    takesOneAnswer();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void leavesItsLoopWhenItIsClosed() {
    Burst burst = bursts.joined(channel.eventLoop());
    assertThat(burst.isShared()).isTrue();

    channel.close();
    channel.runPendingTasks();

    assertThat(burst.isShared()).isFalse();
    assertThat(channel.finish()).isFalse();
  }

  @Test
  void goesOnInTheOrderOfTheReadsAndAsksTheLoopOnceARound() {
    EventExecutor loop = mock();
    Burst burst = bursts.joined(loop);
    ChannelHandlerContext first = mock();
    ChannelHandlerContext second = mock();

    burst.add(first);
    burst.add(second);

    verify(loop).execute(burst);
    verifyNoInteractions(first, second);
    burst.run();
    var order = inOrder(first, second);
    order.verify(first).fireChannelReadComplete();
    order.verify(second).fireChannelReadComplete();

    burst.run();
    verifyNoMoreInteractions(first, second, loop);
  }

  private void read() {
    channel.pipeline().fireChannelRead(Unpooled.copiedBuffer(new byte[] {7}));
    channel.pipeline().fireChannelReadComplete();
  }

  private void takesOneAnswer() {
    ByteBuf echo = channel.readOutbound();
    assertThat(echo.readByte()).isEqualTo((byte) 7);
    echo.release();
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }
}
