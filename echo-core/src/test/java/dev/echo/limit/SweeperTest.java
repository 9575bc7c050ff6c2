package dev.echo.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.echo.frame.FrameProgress;
import dev.echo.metrics.EchoObserver;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SweeperTest {
  @Test
  void knowsThePlaceOfEachConnectionWhoeverLeaves() throws Exception {
    EventExecutor loop = new DefaultEventExecutor();
    Sweeper sweeper = new Sweeper(Limits.DEFAULT);
    List<ProgressHandler> in = new ArrayList<>();
    long seed = 42;
    Random random = new Random(seed);

    loop.submit(
            () -> {
              for (int i = 0; i < 1000; i++) {
                if (in.isEmpty() || random.nextInt(3) > 0) {
                  ProgressHandler handler =
                      new ProgressHandler(
                          sweeper, Limits.DEFAULT, EchoObserver.NONE, FrameProgress.NONE);
                  sweeper.add(loop, handler);
                  in.add(handler);
                } else {
                  ProgressHandler left = in.remove(random.nextInt(in.size()));
                  sweeper.remove(loop, left);
                  sweeper.remove(loop, left);
                  assertThat(left.place).as("seed %d", seed).isEqualTo(-1);
                }
              }
            })
        .sync();

    assertThat(in.stream().mapToInt(it -> it.place).sorted().toArray())
        .isEqualTo(java.util.stream.IntStream.range(0, in.size()).toArray());
    loop.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).sync();
  }

  @Test
  void keepsOneTimerHoweverOftenTheLastConnectionChanges() {
    EventExecutor loop = mock(EventExecutor.class);
    when(loop.ticker()).thenReturn(Ticker.systemTicker());
    Sweeper sweeper = new Sweeper(Limits.DEFAULT);
    for (int i = 0; i < 10; i++) {
      ProgressHandler connection =
          new ProgressHandler(sweeper, Limits.DEFAULT, EchoObserver.NONE, FrameProgress.NONE);
      sweeper.add(loop, connection);
      sweeper.remove(loop, connection);
    }

    verify(loop, times(1)).schedule(any(Runnable.class), anyLong(), any());
  }

  @Test
  void bearsAConnectionThatWasNeverAdded() {
    EmbeddedChannel channel = new EmbeddedChannel();
    Sweeper sweeper = new Sweeper(Limits.DEFAULT);

    ProgressHandler handler =
        new ProgressHandler(sweeper, Limits.DEFAULT, EchoObserver.NONE, FrameProgress.NONE);
    sweeper.remove(channel.eventLoop(), handler);

    assertThat(handler.place).isEqualTo(-1);
    assertThat(channel.finish()).isFalse();
  }
}
